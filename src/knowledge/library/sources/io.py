"""Files in memory."""


class StringIO:
    _empty = ""

    def __init__(self, initial_value="", newline="\n"):
        self._text = self._empty if initial_value is None else initial_value
        self._at = 0
        self.closed = False

    def read(self, size=-1):
        end = len(self._text) if size is None or size < 0 else self._at + size
        part = self._text[self._at : end]
        self._at = max(self._at, min(end, len(self._text)))
        return part

    def readline(self, size=-1):
        end = self._text.find("\n" if self._empty == "" else b"\n", self._at)
        end = len(self._text) if end < 0 else end + 1
        part = self._text[self._at : end]
        self._at = end
        return part

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, text):
        if not isinstance(text, type(self._empty)):
            raise TypeError(f"string argument expected, got {type(text).__name__!r}")
        self._text = self._text[: self._at] + text + self._text[self._at + len(text) :]
        self._at += len(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def getvalue(self):
        return self._text

    def seek(self, offset, whence=0):
        self._at = len(self._text) if whence == 2 else offset
        return self._at

    def tell(self):
        return self._at

    def truncate(self, size=None):
        self._text = self._text[: self._at if size is None else size]
        return len(self._text)

    def close(self):
        self.closed = True

    def flush(self):
        pass

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class BytesIO(StringIO):
    _empty = b""

    def __init__(self, initial_bytes=b""):
        super().__init__(initial_bytes)

    def getbuffer(self):
        return self.getvalue()
