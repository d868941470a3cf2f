"""Texts that are safe in HTML, as MarkupSafe has them."""


class Markup(str):
    def __new__(cls, object="", encoding=None, errors="strict"):
        if hasattr(object, "__html__"):
            object = object.__html__()
        return str.__new__(cls, object)

    def __html__(self):
        return self

    def __add__(self, value):
        if isinstance(value, str) or hasattr(value, "__html__"):
            return Markup(str(self) + str(escape(value)))
        return NotImplemented

    def __radd__(self, value):
        if isinstance(value, str) or hasattr(value, "__html__"):
            return Markup(str(escape(value)) + str(self))
        return NotImplemented

    def __mul__(self, value):
        return Markup(str(self) * value)

    def __rmul__(self, value):
        return Markup(str(self) * value)

    def __mod__(self, value):
        if isinstance(value, tuple):
            return Markup(str(self) % tuple([_Escaped(each) for each in value]))
        if hasattr(type(value), "__getitem__") and not isinstance(value, str):
            return Markup(str(self) % _EscapedItems(value))
        return Markup(str(self) % _Escaped(value))

    def __getitem__(self, key):
        return Markup(str(self)[key])

    def __repr__(self):
        return "Markup(" + repr(str(self)) + ")"

    def join(self, iterable):
        return Markup(str(self).join([str(escape(each)) for each in iterable]))

    def split(self, sep=None, maxsplit=-1):
        return [Markup(each) for each in str(self).split(sep, maxsplit)]

    def rsplit(self, sep=None, maxsplit=-1):
        return [Markup(each) for each in str(self).rsplit(sep, maxsplit)]

    def splitlines(self, keepends=False):
        return [Markup(each) for each in str(self).splitlines(keepends)]

    def capitalize(self):
        return Markup(str(self).capitalize())

    def title(self):
        return Markup(str(self).title())

    def lower(self):
        return Markup(str(self).lower())

    def upper(self):
        return Markup(str(self).upper())

    def strip(self, chars=None):
        return Markup(str(self).strip(chars))

    def lstrip(self, chars=None):
        return Markup(str(self).lstrip(chars))

    def rstrip(self, chars=None):
        return Markup(str(self).rstrip(chars))

    def center(self, width, fillchar=" "):
        return Markup(str(self).center(width, str(escape(fillchar))))

    def replace(self, old, new, count=-1):
        return Markup(str(self).replace(old, str(escape(new)), count))

    @classmethod
    def escape(cls, s):
        return cls(escape(s))


class _Escaped:
    def __init__(self, value):
        self.value = value

    def __str__(self):
        return str(escape(self.value))

    def __repr__(self):
        return str(escape(repr(self.value)))

    def __int__(self):
        return int(self.value)

    def __float__(self):
        return float(self.value)


class _EscapedItems:
    def __init__(self, value):
        self.value = value

    def __getitem__(self, key):
        return _Escaped(self.value[key])


def escape(s):
    if hasattr(s, "__html__"):
        return Markup(s.__html__())
    text = str(s)
    for letter, entity in (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ("'", "&#39;"), ('"', "&#34;")):
        text = text.replace(letter, entity)
    return Markup(text)


def escape_silent(s):
    return Markup() if s is None else escape(s)


def soft_str(s):
    return s if isinstance(s, str) else str(s)
