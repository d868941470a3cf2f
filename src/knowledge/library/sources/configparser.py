"""Reading of INI files."""

import re
from collections.abc import MutableMapping

DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10
_UNSET = object()


class Error(Exception):
    def __init__(self, msg=""):
        self.message = msg
        super().__init__(msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    def __init__(self, section):
        super().__init__(f"No section: {section!r}")
        self.section = section


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        super().__init__(f"Section {section!r} already exists")
        self.section = section


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        super().__init__(f"Option {option!r} in section {section!r} already exists")
        self.section = section
        self.option = option


class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__(f"No option {option!r} in section: {section!r}")
        self.option = option
        self.section = section


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        super().__init__(msg)
        self.option = option
        self.section = section


class InterpolationMissingOptionError(InterpolationError):
    pass


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationDepthError(InterpolationError):
    pass


class ParsingError(Error):
    pass


class MissingSectionHeaderError(ParsingError):
    pass


class Interpolation:
    def before_get(self, parser, section, option, value, defaults):
        return value


class BasicInterpolation(Interpolation):
    def before_get(self, parser, section, option, value, defaults):
        return self._expand(parser, option, section, value, defaults, 1)

    def _expand(self, parser, option, section, text, values, depth):
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, "Recursion limit exceeded in value substitution")
        made = ""
        while text:
            at = text.find("%")
            if at < 0:
                return made + text
            made += text[:at]
            text = text[at:]
            following = text[1:2]
            if following == "%":
                made += "%"
                text = text[2:]
            elif following == "(":
                match = re.match(r"%\(([^)]+)\)s", text)
                if match is None:
                    raise InterpolationSyntaxError(option, section, "bad interpolation variable reference")
                name = parser.optionxform(match.group(1))
                text = text[match.end() :]
                if name not in values:
                    raise InterpolationMissingOptionError(option, section, f"Bad value substitution: {name!r}")
                value = values[name]
                made += self._expand(parser, option, section, value, values, depth + 1) if "%" in value else value
            else:
                raise InterpolationSyntaxError(option, section, "'%' must be followed by '%' or '('")
        return made


class ExtendedInterpolation(Interpolation):
    def before_get(self, parser, section, option, value, defaults):
        return self._expand(parser, option, section, value, defaults, 1)

    def _expand(self, parser, option, section, text, values, depth):
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, "Recursion limit exceeded in value substitution")
        made = ""
        while text:
            at = text.find("$")
            if at < 0:
                return made + text
            made += text[:at]
            text = text[at:]
            following = text[1:2]
            if following == "$":
                made += "$"
                text = text[2:]
            elif following == "{":
                match = re.match(r"\$\{([^}]+)\}", text)
                if match is None:
                    raise InterpolationSyntaxError(option, section, "bad interpolation variable reference")
                path = match.group(1).split(":")
                text = text[match.end() :]
                try:
                    if len(path) == 1:
                        name = parser.optionxform(path[0])
                        value = values[name]
                        where = section
                    elif len(path) == 2:
                        name = parser.optionxform(path[1])
                        where = path[0]
                        value = parser.get(where, name, raw=True)
                    else:
                        raise InterpolationSyntaxError(option, section, "More than one ':' found")
                except (KeyError, NoSectionError, NoOptionError):
                    raise InterpolationMissingOptionError(option, section, f"Bad value substitution: {path!r}")
                if "$" in value:
                    value = self._expand(parser, name, where, value, dict(parser.items(where, raw=True)), depth + 1)
                made += value
            else:
                raise InterpolationSyntaxError(option, section, "'$' must be followed by '$' or '{'")
        return made


_section = re.compile(r"\[(?P<header>.+)\]")


class RawConfigParser(MutableMapping):
    _default_interpolation = Interpolation()
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}

    def __init__(
        self,
        defaults=None,
        dict_type=dict,
        allow_no_value=False,
        *,
        delimiters=("=", ":"),
        comment_prefixes=("#", ";"),
        inline_comment_prefixes=None,
        strict=True,
        empty_lines_in_values=True,
        default_section=DEFAULTSECT,
        interpolation=_UNSET,
        converters=None,
    ):
        self._sections = {}
        self._defaults = {}
        self._allow_no_value = allow_no_value
        self._delimiters = tuple(delimiters)
        self._comments = tuple(comment_prefixes or ())
        self._inline = tuple(inline_comment_prefixes or ())
        self._strict = strict
        self._empty_lines = empty_lines_in_values
        self.default_section = default_section
        self._interpolation = self._default_interpolation if interpolation is _UNSET else interpolation or Interpolation()
        self._converters = dict(converters or {})
        for name, value in dict(defaults or {}).items():
            self._defaults[self.optionxform(name)] = value if value is None else str(value)

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError(f"Invalid section name: {section!r}")
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list({**self._sections[section], **self._defaults})

    def read(self, filenames, encoding=None):
        if isinstance(filenames, str) or hasattr(filenames, "__fspath__"):
            filenames = [filenames]
        done = []
        for filename in filenames:
            try:
                file = open(filename, encoding=encoding)
            except OSError:
                continue
            text = file.read()
            if text is not None:
                self.read_string(text, str(filename))
                done.append(filename)
        return done

    def read_file(self, f, source=None):
        self.read_string("".join([line if line.endswith("\n") else line + "\n" for line in f]))

    def read_dict(self, dictionary, source="<dict>"):
        seen = []
        for section, options in dictionary.items():
            section = str(section)
            if section != self.default_section and section not in self._sections:
                self.add_section(section)
            elif self._strict and section in seen:
                raise DuplicateSectionError(section)
            seen.append(section)
            names = []
            for name, value in options.items():
                name = self.optionxform(str(name))
                if self._strict and name in names:
                    raise DuplicateOptionError(section, name)
                names.append(name)
                self.set(section, name, value if value is None else str(value))

    def _uncomment(self, line):
        text = line.strip()
        for prefix in self._comments:
            if text.startswith(prefix):
                return "", True
        cut = len(line)
        for prefix in self._inline:
            at = line.find(prefix)
            while at >= 0:
                if at == 0 or line[at - 1].isspace():
                    cut = min(cut, at)
                    break
                at = line.find(prefix, at + 1)
        return line[:cut].strip(), cut < len(line)

    def _divide(self, text):
        cuts = [(text.find(each), each) for each in self._delimiters if each in text]
        if not cuts:
            return text.strip(), None
        at, delimiter = min(cuts)
        return text[:at].rstrip(), text[at + len(delimiter) :].strip()

    def read_string(self, string, source="<string>"):
        target = None
        section = None
        name = None
        indent = 0
        seen_sections = []
        seen_options = []
        values = {}
        order = []
        for line in string.split("\n"):
            text, had_comment = self._uncomment(line)
            if not text:
                if self._empty_lines:
                    if not had_comment and target is not None and name and values[(section, name)] is not None:
                        values[(section, name)].append("")
                else:
                    indent = 1000000
                continue
            level = len(line) - len(line.lstrip())
            if target is not None and name and level > indent:
                if values[(section, name)] is None:
                    raise ParsingError(f"Source contains parsing errors: {source!r}")
                values[(section, name)].append(text)
                continue
            indent = level
            header = _section.match(text)
            if header is not None:
                section = header.group("header")
                if section == self.default_section:
                    target = self._defaults
                elif section in self._sections:
                    if self._strict and section in seen_sections:
                        raise DuplicateSectionError(section)
                    target = self._sections[section]
                else:
                    target = self._sections[section] = {}
                seen_sections.append(section)
                name = None
                continue
            if target is None:
                raise MissingSectionHeaderError("File contains no section headers.")
            name, value = self._divide(text)
            if not name or (value is None and not self._allow_no_value):
                raise ParsingError(f"Source contains parsing errors: {source!r}")
            name = self.optionxform(name.rstrip())
            if self._strict and (section, name) in seen_options:
                raise DuplicateOptionError(section, name)
            seen_options.append((section, name))
            values[(section, name)] = None if value is None else [value]
            order.append((section, name))
        for key in order:
            section, name = key
            lines = values[key]
            if lines is not None:
                while lines and not lines[-1]:
                    lines.pop()
            target = self._defaults if section == self.default_section else self._sections[section]
            target[name] = None if lines is None else "\n".join(lines)

    def _unify(self, section, vars):
        if section not in self._sections and section != self.default_section:
            raise NoSectionError(section)
        own = self._sections.get(section, {})
        given = {self.optionxform(name): value if value is None else str(value) for name, value in (vars or {}).items()}
        return {**self._defaults, **own, **given}

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        try:
            values = self._unify(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        if option not in values:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        value = values[option]
        if raw or value is None:
            return value
        return self._interpolation.before_get(self, section, option, value, values)

    def _converted(self, section, convert, option, fallback, kwargs):
        try:
            value = self.get(section, option, **kwargs)
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback
        return convert(value)

    def getint(self, section, option, *, fallback=_UNSET, **kwargs):
        return self._converted(section, int, option, fallback, kwargs)

    def getfloat(self, section, option, *, fallback=_UNSET, **kwargs):
        return self._converted(section, float, option, fallback, kwargs)

    def getboolean(self, section, option, *, fallback=_UNSET, **kwargs):
        return self._converted(section, self._convert_to_boolean, option, fallback, kwargs)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f"Not a boolean: {value}")
        return self.BOOLEAN_STATES[value.lower()]

    def __getattr__(self, name):
        converters = self.__dict__.get("_converters", {})
        if name.startswith("get") and name[3:] in converters:
            convert = converters[name[3:]]
            return lambda section, option, *, fallback=_UNSET, **kwargs: self._converted(section, convert, option, fallback, kwargs)
        raise AttributeError(name)

    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return {name: self[name] for name in self}.items()
        values = self._unify(section, vars)
        return [(name, self.get(section, name, raw=raw, vars=vars)) for name in values]

    def has_option(self, section, option):
        option = self.optionxform(option)
        if not section or section == self.default_section:
            return option in self._defaults
        if section not in self._sections:
            return False
        return option in self._sections[section] or option in self._defaults

    def set(self, section, option, value=None):
        if not section or section == self.default_section:
            self._defaults[self.optionxform(option)] = value
        elif section not in self._sections:
            raise NoSectionError(section)
        else:
            self._sections[section][self.optionxform(option)] = value

    def write(self, fp, space_around_delimiters=True):
        delimiter = f" {self._delimiters[0]} " if space_around_delimiters else self._delimiters[0]
        parts = [(self.default_section, self._defaults)] if self._defaults else []
        for section, options in parts + list(self._sections.items()):
            fp.write(f"[{section}]\n")
            for name, value in options.items():
                text = delimiter + str(value).replace("\n", "\n\t") if value is not None or not self._allow_no_value else ""
                fp.write(f"{name}{text}\n")
            fp.write("\n")

    def remove_option(self, section, option):
        target = self._defaults if not section or section == self.default_section else self._sections.get(section)
        if target is None:
            raise NoSectionError(section)
        return target.pop(self.optionxform(option), _UNSET) is not _UNSET

    def remove_section(self, section):
        return self._sections.pop(section, _UNSET) is not _UNSET

    def __getitem__(self, key):
        if key != self.default_section and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if key not in self._sections:
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or key in self._sections

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return iter([self.default_section] + list(self._sections))


class ConfigParser(RawConfigParser):
    _default_interpolation = BasicInterpolation()

    def set(self, section, option, value=None):
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if not isinstance(value, str) and not (value is None and self._allow_no_value):
            raise TypeError("option values must be strings")
        super().set(section, option, value)


SafeConfigParser = ConfigParser


class SectionProxy(MutableMapping):
    def __init__(self, parser, name):
        self._parser = parser
        self._name = name

    def __repr__(self):
        return f"<Section: {self._name}>"

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name

    def _options(self):
        if self._name != self._parser.default_section:
            return self._parser.options(self._name)
        return list(self._parser.defaults())

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    def get(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getint(self, option, fallback=None, **kwargs):
        return self._parser.getint(self._name, option, fallback=fallback, **kwargs)

    def getfloat(self, option, fallback=None, **kwargs):
        return self._parser.getfloat(self._name, option, fallback=fallback, **kwargs)

    def getboolean(self, option, fallback=None, **kwargs):
        return self._parser.getboolean(self._name, option, fallback=fallback, **kwargs)

    def __getattr__(self, name):
        if name.startswith("get"):
            convert = getattr(self._parser, name)
            return lambda option, fallback=None, **kwargs: convert(self._name, option, fallback=fallback, **kwargs)
        raise AttributeError(name)
