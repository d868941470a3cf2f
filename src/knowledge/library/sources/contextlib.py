"""Context managers of `contextlib`."""


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        inner.__name__ = func.__name__
        inner.__doc__ = func.__doc__
        inner.__wrapped__ = func
        return inner


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return None


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass


class redirect_stdout(AbstractContextManager):
    def __init__(self, new_target):
        self._new_target = new_target

    def __enter__(self):
        return self._new_target


class redirect_stderr(redirect_stdout):
    pass


class chdir(AbstractContextManager):
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        return None


class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        return None

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return None
        return issubclass(exctype, self._exceptions)


class ExitStack(AbstractContextManager):
    def __init__(self):
        self._callbacks = []

    def enter_context(self, cm):
        result = cm.__enter__()
        self._callbacks.append(cm.__exit__)
        return result

    def push(self, exit):
        self._callbacks.append(exit.__exit__ if hasattr(exit, "__exit__") else exit)
        return exit

    def callback(self, callback, /, *args, **kwds):
        def leave(exc_type, exc, tb):
            callback(*args, **kwds)

        self._callbacks.append(leave)
        return callback

    def pop_all(self):
        made = type(self)()
        made._callbacks = self._callbacks
        self._callbacks = []
        return made

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, *exc_details):
        handled = exc_details[1]
        pending = exc_details
        swallowed = raised = False
        while self._callbacks:
            leave = self._callbacks.pop()
            try:
                if leave(*pending):
                    swallowed, raised = True, False
                    pending = (None, None, None)
            except BaseException as error:
                self._chain(error, pending[1], handled)
                pending = (type(error), error, None)
                raised = True
        if raised:
            context = pending[1].__context__
            try:
                raise pending[1]
            finally:
                pending[1].__context__ = context
        return exc_details[0] is not None and swallowed

    def _chain(self, error, earlier, handled):
        while error.__context__ is not None and error.__context__ is not handled:
            if error is earlier or error.__context__ is earlier:
                return
            error = error.__context__
        if handled is not None and error is not earlier:
            error.__context__ = earlier
