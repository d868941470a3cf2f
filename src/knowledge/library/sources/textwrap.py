"""Wrapping and indenting of text."""

import re

_blank = "\t\n\x0b\x0c\r "


class TextWrapper:
    def __init__(
        self,
        width=70,
        initial_indent="",
        subsequent_indent="",
        expand_tabs=True,
        replace_whitespace=True,
        fix_sentence_endings=False,
        break_long_words=True,
        drop_whitespace=True,
        break_on_hyphens=True,
        tabsize=8,
        *,
        max_lines=None,
        placeholder=" [...]",
    ):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _chunks(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            for letter in _blank:
                text = text.replace(letter, " ")
        if self.break_on_hyphens:
            pieces = _pieces.split(text)
        else:
            pieces = re.split("([" + _blank + "]+)", text)
        chunks = [piece for piece in pieces if piece]
        if self.fix_sentence_endings:
            index = 0
            while index < len(chunks) - 1:
                if chunks[index + 1] == " " and re.search(r"[a-z][\.\!\?][\"\']?\Z", chunks[index]):
                    chunks[index + 1] = "  "
                    index += 2
                else:
                    index += 1
        return chunks

    def _break(self, chunks, line, used, width):
        space = 1 if width < 1 else width - used
        if self.break_long_words:
            end = space
            chunk = chunks[0]
            if self.break_on_hyphens and len(chunk) > space:
                hyphen = chunk.rfind("-", 0, space)
                if hyphen > 0 and any([letter != "-" for letter in chunk[:hyphen]]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[0] = chunk[end:]
        elif not line:
            line.append(chunks.pop(0))

    def wrap(self, text):
        chunks = self._chunks(text)
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        lines = []
        while chunks:
            line = []
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[0].strip() == "" and lines:
                del chunks[0]
            used = 0
            while chunks and used + len(chunks[0]) <= width:
                used += len(chunks[0])
                line.append(chunks.pop(0))
            if chunks and len(chunks[0]) > width:
                self._break(chunks, line, used, width)
                used = sum(map(len, line))
            if self.drop_whitespace and line and line[-1].strip() == "":
                used -= len(line[-1])
                del line[-1]
            if not line:
                continue
            is_last = not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            if self.max_lines is None or len(lines) + 1 < self.max_lines or is_last and used <= width:
                lines.append(indent + "".join(line))
                continue
            while line:
                if line[-1].strip() and used + len(self.placeholder) <= width:
                    line.append(self.placeholder)
                    lines.append(indent + "".join(line))
                    break
                used -= len(line[-1])
                del line[-1]
            else:
                if lines:
                    previous = lines[-1].rstrip()
                    if len(previous) + len(self.placeholder) <= self.width:
                        lines[-1] = previous + self.placeholder
                        break
                lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))


_blanks = r"[\t\n\x0b\x0c\r ]"
_word = r"[\w!\"'&.,?]"
_letter = r"[^\d\W]"
_pieces = re.compile(
    "(" + _blanks + "+"
    "|(?<=" + _word + r")-{2,}(?=\w)"
    "|[^" + _blanks[1:] + "+?(?:"
    "-(?:(?<=" + _letter + _letter + "-)|(?<=" + _letter + "-" + _letter + "-))(?=" + _letter + "-?" + _letter + ")"
    "|(?=" + _blanks + r"|\Z)"
    "|(?<=" + _word + r")(?=-{2,}\w)))"
)


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))
