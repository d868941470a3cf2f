"""Decorators and helpers of `functools` that work on classes or keep state."""


class _Key:
    def __init__(self, compare, obj):
        self._compare = compare
        self.obj = obj

    def __lt__(self, other):
        return self._compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self._compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self._compare(self.obj, other.obj) == 0

    def __le__(self, other):
        return self._compare(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self._compare(self.obj, other.obj) >= 0

    __hash__ = None


def cmp_to_key(mycmp):
    return lambda obj: _Key(mycmp, obj)


class _Dispatcher:
    def __init__(self, func):
        self.registry = {object: func}
        self.__wrapped__ = func
        self.__name__ = func.__name__
        self.__doc__ = func.__doc__

    def dispatch(self, cls):
        for each in cls.__mro__:
            if each in self.registry:
                return self.registry[each]
        return self.registry[object]

    def register(self, cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda f: self.register(cls, f)
            func = cls
            annotations = [value for name, value in func.__annotations__.items() if name != "return"]
            cls = annotations[0]
        self.registry[cls] = func
        return func

    def __call__(self, *args, **kwargs):
        if not args:
            raise TypeError(f"{self.__name__} requires at least 1 positional argument")
        return self.dispatch(args[0].__class__)(*args, **kwargs)


def singledispatch(func):
    return _Dispatcher(func)


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)

        return method


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        def method(*args, **keywords):
            merged = dict(self.keywords)
            merged.update(keywords)
            return self.func(obj, *self.args, *args, **merged)

        return method


def _negated(method):
    def compare(self, other):
        result = method(self, other)
        return result if result is NotImplemented else not result

    return compare


def _or_equal(method):
    def compare(self, other):
        result = method(self, other)
        return result if result is NotImplemented else (result or self == other)

    return compare


def _not_and_not_equal(method):
    def compare(self, other):
        result = method(self, other)
        return result if result is NotImplemented else (not result and self != other)

    return compare


def _and_not_equal(method):
    def compare(self, other):
        result = method(self, other)
        return result if result is NotImplemented else (result and self != other)

    return compare


def _not_or_equal(method):
    def compare(self, other):
        result = method(self, other)
        return result if result is NotImplemented else (not result or self == other)

    return compare


_made_from = {
    "__lt__": {"__gt__": _not_and_not_equal, "__le__": _or_equal, "__ge__": _negated},
    "__le__": {"__ge__": _not_or_equal, "__lt__": _and_not_equal, "__gt__": _negated},
    "__gt__": {"__lt__": _not_and_not_equal, "__ge__": _or_equal, "__le__": _negated},
    "__ge__": {"__le__": _not_or_equal, "__gt__": _and_not_equal, "__lt__": _negated},
}


def _defined(cls, name):
    return any(name in vars(each) for each in cls.__mro__ if each is not object)


def total_ordering(cls):
    roots = [name for name in ("__lt__", "__le__", "__gt__", "__ge__") if _defined(cls, name)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    for name, make in _made_from[roots[0]].items():
        if name not in roots:
            setattr(cls, name, make(getattr(cls, roots[0])))
    return cls
