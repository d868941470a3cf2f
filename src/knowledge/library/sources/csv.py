"""What `csv` says in Python; the reader itself is native."""

from csv import reader

QUOTE_MINIMAL = 0
QUOTE_ALL = 1
QUOTE_NONNUMERIC = 2
QUOTE_NONE = 3
QUOTE_STRINGS = 4
QUOTE_NOTNULL = 5


class Error(Exception):
    pass


Error.__module__ = "_csv"


class Dialect:
    delimiter = None
    quotechar = None
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = None
    quoting = QUOTE_MINIMAL


class excel(Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}


def register_dialect(name, dialect=None, **fmtparams):
    made = type(name, (dialect or Dialect,), fmtparams)
    if made.delimiter is None:
        made.delimiter = ","
    if made.quotechar is None:
        made.quotechar = '"'
    if made.lineterminator is None:
        made.lineterminator = "\r\n"
    _dialects[name] = made


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def _format(dialect, fmtparams):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    names = ("delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator", "quoting", "strict")
    found = {name: getattr(dialect, name) for name in names if hasattr(dialect, name)}
    for name, value in fmtparams.items():
        if name not in names:
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        found[name] = value
    return found


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = None if fieldnames is None else list(fieldnames)
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect

    def __iter__(self):
        names = self.fieldnames
        for row in self.reader:
            if row == []:
                continue
            made = dict(zip(names, row))
            if len(names) < len(row):
                made[self.restkey] = row[len(names) :]
            for name in names[len(row) :]:
                made[name] = self.restval
            yield made

    def __next__(self):
        for row in self:
            return row
        raise StopIteration

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            for row in self.reader:
                self._fieldnames = row
                break
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value


class _Writer:
    def __init__(self, file, dialect, fmtparams):
        self._file = file
        self._format = _format(dialect, fmtparams)

    def _field(self, value, only):
        quoting = self._format["quoting"]
        quote = self._format["quotechar"]
        escape = self._format.get("escapechar")
        is_number = isinstance(value, (int, float))
        text = "" if value is None else str(value)
        special = [self._format["delimiter"], "\n", "\r", quote, escape]
        has_special = any(each in text for each in special if each)
        if quoting == QUOTE_NONE:
            if has_special:
                if not escape:
                    raise Error("need to escape, but no escapechar set")
                for each in [escape] + [each for each in special[:4] if each]:
                    text = text.replace(each, escape + each)
            return text
        wanted = quoting == QUOTE_ALL or has_special or (quoting == QUOTE_NONNUMERIC and not is_number)
        wanted = wanted or (quoting == QUOTE_STRINGS and isinstance(value, str)) or (quoting == QUOTE_NOTNULL and value is not None)
        if not wanted and not (only and text == ""):
            return text
        if self._format["doublequote"]:
            return quote + text.replace(quote, quote + quote) + quote
        if quote in text and not escape:
            raise Error("need to escape, but no escapechar set")
        return quote + (text.replace(quote, escape + quote) if escape else text) + quote

    def writerow(self, row):
        values = list(row)
        fields = [self._field(value, len(values) == 1) for value in values]
        return self._file.write(self._format["delimiter"].join(fields) + self._format["lineterminator"])

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


def writer(csvfile, dialect="excel", **fmtparams):
    return _Writer(csvfile, dialect, fmtparams)


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames = list(fieldnames)
        self.restval = restval
        self.extrasaction = extrasaction.lower()
        if self.extrasaction not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(name) for name in wrong]))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        for each in rowdicts:
            self.writerow(each)
