"""Splitting and quoting as the shell does it."""

_safe = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-")


def quote(s):
    if not s:
        return "''"
    for letter in s:
        if letter not in _safe:
            return "'" + s.replace("'", "'\"'\"'") + "'"
    return s


def join(split_command):
    return " ".join([quote(arg) for arg in split_command])


def split(s, comments=False, posix=True):
    if not posix:
        raise NotImplementedError("non-posix splitting")
    words = []
    word = None
    mark = ""
    index = 0
    while index < len(s):
        letter = s[index]
        index += 1
        if mark == "'":
            if letter == "'":
                mark = ""
            else:
                word += letter
        elif mark == '"':
            if letter == '"':
                mark = ""
            elif letter == "\\":
                if index >= len(s):
                    raise ValueError("No escaped character")
                if s[index] not in '"\\':
                    word += letter
                word += s[index]
                index += 1
            else:
                word += letter
        elif letter in " \t\r\n":
            if word is not None:
                words.append(word)
            word = None
        elif letter == "\\":
            if index >= len(s):
                raise ValueError("No escaped character")
            word = (word or "") + s[index]
            index += 1
        elif letter in "'\"":
            mark = letter
            word = word or ""
        elif letter == "#" and comments:
            while index < len(s) and s[index] != "\n":
                index += 1
            if word is not None:
                words.append(word)
            word = None
        else:
            word = (word or "") + letter
    if mark:
        raise ValueError("No closing quotation")
    if word is not None:
        words.append(word)
    return words
