"""Environments, loaders and what templates work with, as Jinja2 has them; rendering itself is the analyser's."""

from markupsafe import Markup, escape, soft_str

missing = object()


class TemplateError(Exception):
    def __init__(self, message=None):
        super().__init__(message)

    @property
    def message(self):
        return self.args[0] if self.args else None


class TemplateNotFound(IOError, LookupError, TemplateError):
    def __init__(self, name, message=None):
        IOError.__init__(self, name)
        if message is None:
            if isinstance(name, Undefined):
                name._fail_with_undefined_error()
            message = name
        self._message = message
        self.name = name
        self.templates = [name]

    @property
    def message(self):
        return self._message

    def __str__(self):
        return str(self._message)


class TemplatesNotFound(TemplateNotFound):
    def __init__(self, names=(), message=None):
        names = list(names)
        if message is None:
            message = "none of the templates given were found: " + ", ".join([str(name) for name in names])
        super().__init__(names[-1] if names else None, message)
        self.templates = names


class TemplateSyntaxError(TemplateError):
    def __init__(self, message, lineno=1, name=None, filename=None):
        super().__init__(message)
        self.lineno = lineno
        self.name = name
        self.filename = filename


class TemplateAssertionError(TemplateSyntaxError):
    pass


class TemplateRuntimeError(TemplateError):
    pass


class UndefinedError(TemplateRuntimeError):
    pass


class FilterArgumentError(TemplateRuntimeError):
    pass


class SecurityError(TemplateRuntimeError):
    pass


def _type_name(obj):
    if obj is None:
        return "None"
    if obj is Ellipsis:
        return "Ellipsis"
    cls = type(obj)
    if cls.__module__ == "builtins":
        return cls.__name__ + " object"
    return cls.__module__ + "." + cls.__name__ + " object"


class Undefined:
    def __init__(self, hint=None, obj=missing, name=None, exc=UndefinedError):
        self._undefined_hint = hint
        self._undefined_obj = obj
        self._undefined_name = name
        self._undefined_exception = exc

    @property
    def _undefined_message(self):
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is missing:
            return repr(self._undefined_name) + " is undefined"
        if not isinstance(self._undefined_name, str):
            return _type_name(self._undefined_obj) + " has no element " + repr(self._undefined_name)
        return repr(_type_name(self._undefined_obj)) + " has no attribute " + repr(self._undefined_name)

    def _fail_with_undefined_error(self, *args, **kwargs):
        raise self._undefined_exception(self._undefined_message)

    def __getattr__(self, name):
        if name[:2] == "__" and name[-2:] == "__":
            raise AttributeError(name)
        self._fail_with_undefined_error()

    __add__ = __radd__ = __sub__ = __rsub__ = _fail_with_undefined_error
    __mul__ = __rmul__ = __div__ = __rdiv__ = _fail_with_undefined_error
    __truediv__ = __rtruediv__ = _fail_with_undefined_error
    __floordiv__ = __rfloordiv__ = _fail_with_undefined_error
    __mod__ = __rmod__ = _fail_with_undefined_error
    __pos__ = __neg__ = _fail_with_undefined_error
    __call__ = __getitem__ = _fail_with_undefined_error
    __lt__ = __le__ = __gt__ = __ge__ = _fail_with_undefined_error
    __int__ = __float__ = __complex__ = _fail_with_undefined_error
    __pow__ = __rpow__ = _fail_with_undefined_error

    def __eq__(self, other):
        return type(self) is type(other)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return 7919

    def __str__(self):
        return ""

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __bool__(self):
        return False

    def __repr__(self):
        return "Undefined"


class ChainableUndefined(Undefined):
    def __html__(self):
        return str(self)

    def __getattr__(self, name):
        if name[:2] == "__" and name[-2:] == "__":
            raise AttributeError(name)
        return self

    def __getitem__(self, _name):
        return self


class DebugUndefined(Undefined):
    def __str__(self):
        if self._undefined_hint:
            message = "undefined value printed: " + str(self._undefined_hint)
        elif self._undefined_obj is missing:
            message = self._undefined_name
        else:
            message = "no such element: " + _type_name(self._undefined_obj) + "[" + repr(self._undefined_name) + "]"
        return "{{ " + str(message) + " }}"


class StrictUndefined(Undefined):
    __iter__ = __str__ = __len__ = Undefined._fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __hash__ = Undefined._fail_with_undefined_error
    __contains__ = Undefined._fail_with_undefined_error


def is_undefined(obj):
    return isinstance(obj, Undefined)


def pass_context(f):
    f.jinja_pass_arg = "context"
    return f


def pass_eval_context(f):
    f.jinja_pass_arg = "eval_context"
    return f


def pass_environment(f):
    f.jinja_pass_arg = "environment"
    return f


class EvalContext:
    def __init__(self, environment, autoescape):
        self.environment = environment
        self.autoescape = autoescape
        self.volatile = False


def select_autoescape(enabled_extensions=("html", "htm", "xml"), disabled_extensions=(), default_for_string=True, default=False):
    enabled = tuple(["." + each.lstrip(".").lower() for each in enabled_extensions])
    disabled = tuple(["." + each.lstrip(".").lower() for each in disabled_extensions])

    def autoescape(template_name):
        if template_name is None:
            return default_for_string
        template_name = template_name.lower()
        if template_name.endswith(enabled):
            return True
        if template_name.endswith(disabled):
            return False
        return default

    return autoescape


class Cycler:
    def __init__(self, *items):
        if not items:
            raise RuntimeError("at least one item has to be provided")
        self.items = items
        self.pos = 0

    def reset(self):
        self.pos = 0

    @property
    def current(self):
        return self.items[self.pos]

    def next(self):
        rv = self.current
        self.pos = (self.pos + 1) % len(self.items)
        return rv

    __next__ = next


class Joiner:
    def __init__(self, sep=", "):
        self.sep = sep
        self.used = False

    def __call__(self):
        if not self.used:
            self.used = True
            return ""
        return self.sep


class Namespace:
    def __init__(self, *args, **kwargs):
        self._values = dict(*args, **kwargs)

    def __getattr__(self, name):
        if name == "_values":
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setitem__(self, name, value):
        self._values[name] = value

    def __repr__(self):
        return "<Namespace " + repr(self._values) + ">"


class LoopContext:
    index0 = -1

    def __init__(self, items, undefined, recurse, depth0):
        self._items = items
        self._undefined = undefined
        self._recurse = recurse
        self.depth0 = depth0
        self._last_changed = missing

    @property
    def depth(self):
        return self.depth0 + 1

    @property
    def index(self):
        return self.index0 + 1

    @property
    def length(self):
        return len(self._items)

    def __len__(self):
        return len(self._items)

    @property
    def revindex0(self):
        return len(self._items) - self.index0 - 1

    @property
    def revindex(self):
        return len(self._items) - self.index0

    @property
    def first(self):
        return self.index0 == 0

    @property
    def last(self):
        return self.index0 == len(self._items) - 1

    @property
    def previtem(self):
        if self.index0 == 0:
            return self._undefined("there is no previous item")
        return self._items[self.index0 - 1]

    @property
    def nextitem(self):
        if self.index0 == len(self._items) - 1:
            return self._undefined("there is no next item")
        return self._items[self.index0 + 1]

    def cycle(self, *args):
        if not args:
            raise TypeError("no items for cycling given")
        return args[self.index0 % len(args)]

    def changed(self, *value):
        if self._last_changed != value:
            self._last_changed = value
            return True
        return False

    def __call__(self, iterable):
        if self._recurse is None:
            raise TypeError("The loop must have the 'recursive' marker to be called recursively.")
        return self._recurse(iterable)

    def __repr__(self):
        return "<LoopContext " + str(self.index) + "/" + str(self.length) + ">"


class Macro:
    def __init__(self, name, arguments, call, caller, catch_kwargs, catch_varargs):
        self.name = name
        self.arguments = arguments
        self.caller = caller
        self.catch_kwargs = catch_kwargs
        self.catch_varargs = catch_varargs
        self._call = call

    def __call__(self, *args, **kwargs):
        return self._call(*args, **kwargs)

    def __repr__(self):
        return "<Macro " + ("anonymous" if self.name is None else repr(self.name)) + ">"


class BaseLoader:
    has_source_access = True

    def get_source(self, environment, template):
        raise TemplateNotFound(template)

    def list_templates(self):
        raise TypeError("this loader cannot iterate over all templates")

    def load(self, environment, name, globals=None):
        source, filename, _uptodate = self.get_source(environment, name)
        return environment._make(source, name, filename, globals)


def _split(template):
    pieces = []
    for piece in template.split("/"):
        if piece == "..":
            raise TemplateNotFound(template)
        if piece and piece != ".":
            pieces.append(piece)
    return pieces


class FileSystemLoader(BaseLoader):
    def __init__(self, searchpath, encoding="utf-8", followlinks=False):
        self.searchpath = _paths(searchpath)
        self.encoding = encoding
        self.followlinks = followlinks

    def get_source(self, environment, template):
        source, filename = _read_file(self.searchpath, "/".join(_split(template)), self.encoding, template)
        return source, filename, None


class PackageLoader(BaseLoader):
    def __init__(self, package_name, package_path="templates", encoding="utf-8"):
        self.package_name = package_name
        self.package_path = package_path
        self.encoding = encoding
        self._folder = _package_folder(package_name)

    def get_source(self, environment, template):
        source, filename = _read_file([self._folder + "/" + self.package_path], "/".join(_split(template)), self.encoding, template)
        return source, filename, None


class DictLoader(BaseLoader):
    def __init__(self, mapping):
        self.mapping = mapping

    def get_source(self, environment, template):
        if template in self.mapping:
            return self.mapping[template], None, None
        raise TemplateNotFound(template)

    def list_templates(self):
        return sorted(self.mapping)


class FunctionLoader(BaseLoader):
    def __init__(self, load_func):
        self.load_func = load_func

    def get_source(self, environment, template):
        rv = self.load_func(template)
        if rv is None:
            raise TemplateNotFound(template)
        if isinstance(rv, str):
            return rv, None, None
        return rv


class PrefixLoader(BaseLoader):
    def __init__(self, mapping, delimiter="/"):
        self.mapping = mapping
        self.delimiter = delimiter

    def _find(self, template):
        try:
            prefix, name = template.split(self.delimiter, 1)
            return self.mapping[prefix], name
        except (ValueError, KeyError) as e:
            raise TemplateNotFound(template) from e

    def get_source(self, environment, template):
        loader, name = self._find(template)
        try:
            return loader.get_source(environment, name)
        except TemplateNotFound as e:
            raise TemplateNotFound(template) from e

    def load(self, environment, name, globals=None):
        loader, local_name = self._find(name)
        try:
            return loader.load(environment, local_name, globals)
        except TemplateNotFound as e:
            raise TemplateNotFound(name) from e


class ChoiceLoader(BaseLoader):
    def __init__(self, loaders):
        self.loaders = loaders

    def get_source(self, environment, template):
        for loader in self.loaders:
            try:
                return loader.get_source(environment, template)
            except TemplateNotFound:
                pass
        raise TemplateNotFound(template)

    def load(self, environment, name, globals=None):
        for loader in self.loaders:
            try:
                return loader.load(environment, name, globals)
            except TemplateNotFound:
                pass
        raise TemplateNotFound(name)


class Environment:
    sandboxed = False
    overlayed = False

    def __init__(
        self,
        block_start_string="{%",
        block_end_string="%}",
        variable_start_string="{{",
        variable_end_string="}}",
        comment_start_string="{#",
        comment_end_string="#}",
        line_statement_prefix=None,
        line_comment_prefix=None,
        trim_blocks=False,
        lstrip_blocks=False,
        newline_sequence="\n",
        keep_trailing_newline=False,
        extensions=(),
        optimized=True,
        undefined=Undefined,
        finalize=None,
        autoescape=False,
        loader=None,
        cache_size=400,
        auto_reload=True,
        bytecode_cache=None,
        enable_async=False,
    ):
        self.block_start_string = block_start_string
        self.block_end_string = block_end_string
        self.variable_start_string = variable_start_string
        self.variable_end_string = variable_end_string
        self.comment_start_string = comment_start_string
        self.comment_end_string = comment_end_string
        self.line_statement_prefix = line_statement_prefix
        self.line_comment_prefix = line_comment_prefix
        self.trim_blocks = trim_blocks
        self.lstrip_blocks = lstrip_blocks
        self.newline_sequence = newline_sequence
        self.keep_trailing_newline = keep_trailing_newline
        self.undefined = undefined
        self.optimized = optimized
        self.finalize = finalize
        self.autoescape = autoescape
        self.loader = loader
        self.is_async = enable_async
        self._extensions = list(extensions)
        self.filters = _filters()
        self.tests = _tests()
        self.globals = {
            "range": range,
            "dict": dict,
            "lipsum": _lipsum,
            "cycler": Cycler,
            "joiner": Joiner,
            "namespace": Namespace,
        }
        self.policies = {
            "compiler.ascii_str": True,
            "urlize.rel": "noopener",
            "urlize.target": None,
            "urlize.extra_schemes": None,
            "truncate.leeway": 5,
            "json.dumps_function": None,
            "json.dumps_kwargs": {"sort_keys": True},
            "ext.i18n.trimmed": False,
        }

    def add_extension(self, extension):
        self._extensions.append(extension)

    def _make(self, source, name, filename, globals):
        template = Template.__new__(Template)
        template.environment = self
        template.name = name
        template.filename = filename
        template.globals = {**self.globals, **(globals or {})}
        _compile(template, self, source)
        return template

    def make_globals(self, d):
        return {**self.globals, **(d or {})}

    def from_string(self, source, globals=None, template_class=None):
        return self._make(source, None, None, globals)

    def join_path(self, template, parent):
        return template

    def get_template(self, name, parent=None, globals=None):
        if isinstance(name, Template):
            return name
        if parent is not None:
            name = self.join_path(name, parent)
        if self.loader is None:
            raise TypeError("no loader for this environment specified")
        return self.loader.load(self, name, globals)

    def select_template(self, names, parent=None, globals=None):
        if isinstance(names, Undefined):
            names._fail_with_undefined_error()
        if not names:
            raise TemplatesNotFound(message="Tried to select from an empty list of templates.")
        for name in names:
            if isinstance(name, Template):
                return name
            try:
                return self.get_template(name, parent, globals)
            except (TemplateNotFound, UndefinedError):
                pass
        raise TemplatesNotFound(names)

    def get_or_select_template(self, template_name_or_list, parent=None, globals=None):
        if isinstance(template_name_or_list, (str, Undefined)):
            return self.get_template(template_name_or_list, parent, globals)
        if isinstance(template_name_or_list, Template):
            return template_name_or_list
        return self.select_template(template_name_or_list, parent, globals)

    def list_templates(self, extensions=None, filter_func=None):
        return _unmodelled("Environment.list_templates()")

    def compile_expression(self, source, undefined_to_none=True):
        return _unmodelled("Environment.compile_expression()")

    def overlay(self, *args, **kwargs):
        return _unmodelled("Environment.overlay()")

    def parse(self, source, name=None, filename=None):
        return _unmodelled("Environment.parse()")

    def getitem(self, obj, argument):
        try:
            return obj[argument]
        except (AttributeError, TypeError, LookupError):
            if isinstance(argument, str):
                try:
                    return getattr(obj, argument)
                except AttributeError:
                    pass
            return self.undefined(obj=obj, name=argument)

    def getattr(self, obj, attribute):
        try:
            return getattr(obj, attribute)
        except AttributeError:
            pass
        try:
            return obj[attribute]
        except (TypeError, LookupError, AttributeError):
            return self.undefined(obj=obj, name=attribute)

    def call_filter(self, name, value, args=None, kwargs=None, context=None, eval_ctx=None):
        func = self.filters.get(name)
        if func is None:
            raise TemplateRuntimeError("No filter named " + repr(name) + ".")
        return _call_passing(func, self, eval_ctx, context, [value, *(args or ())], kwargs or {})

    def call_test(self, name, value, args=None, kwargs=None, context=None, eval_ctx=None):
        func = self.tests.get(name)
        if func is None:
            raise TemplateRuntimeError("No test named " + repr(name) + ".")
        return _call_passing(func, self, eval_ctx, context, [value, *(args or ())], kwargs or {})


def _call_passing(func, environment, eval_ctx, context, args, kwargs):
    wanted = getattr(func, "jinja_pass_arg", None)
    if wanted == "environment":
        return func(environment, *args, **kwargs)
    if wanted == "eval_context":
        return func(eval_ctx or EvalContext(environment, False), *args, **kwargs)
    if wanted == "context":
        return func(context, *args, **kwargs)
    return func(*args, **kwargs)


class Template:
    def __new__(cls, *args, **kwargs):
        if not args and not kwargs:
            return object.__new__(cls)
        return _template(*args, **kwargs)

    def __init__(self, *args, **kwargs):
        pass

    def render(self, *args, **kwargs):
        return _render(self, dict(*args, **kwargs))

    def generate(self, *args, **kwargs):
        yield _render(self, dict(*args, **kwargs))

    def stream(self, *args, **kwargs):
        return _unmodelled("Template.stream()")

    def make_module(self, vars=None, shared=False, locals=None):
        return _module(self, dict(vars or {}))

    @property
    def module(self):
        return _module(self, {})

    def __repr__(self):
        return "<Template memory>" if self.name is None else "<Template " + repr(self.name) + ">"


def _template(source, *args, **kwargs):
    return Environment(*args, **kwargs).from_string(source)


class TemplateModule:
    def __init__(self, name, names, text):
        self.__name__ = name
        self.__dict__.update(names)
        self._text = text

    def __str__(self):
        return self._text

    def __html__(self):
        return Markup(self._text)


class Context:
    def __init__(self, environment, values, name):
        self.environment = environment
        self.name = name
        self.vars = values

    def get_all(self):
        return dict(self.vars)

    def get(self, key, default=None):
        return self.vars.get(key, default)

    def resolve(self, key):
        if key in self.vars:
            return self.vars[key]
        return self.environment.undefined(name=key)

    def __contains__(self, name):
        return name in self.vars

    def __getitem__(self, key):
        return self.vars[key]
