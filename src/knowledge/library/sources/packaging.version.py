"""Version numbers of Python packages, as PEP 440 orders them."""

import re

_form = re.compile(
    r"\s*v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)"
    r"(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?([0-9]*))?"
    r"(?:-([0-9]+)|([-_.]?)(post|rev|r)[-_.]?([0-9]*))?"
    r"(?:[-_.]?(dev)[-_.]?([0-9]*))?"
    r"(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*"
)
_letters = {"alpha": "a", "beta": "b", "preview": "rc", "pre": "rc", "c": "rc"}


class InvalidVersion(ValueError):
    pass


class Version:
    def __init__(self, version):
        match = _form.fullmatch(version.lower())
        if match is None:
            raise InvalidVersion(f"Invalid version: {version!r}")
        epoch, release, letter, pre, dash, _, post, number, dev, dev_number, local = match.groups()
        self.epoch = int(epoch or 0)
        self.release = tuple([int(part) for part in release.split(".")])
        self.pre = None if letter is None else (_letters.get(letter, letter), int(pre or 0))
        self.post = int(dash) if dash is not None else None if post is None else int(number or 0)
        self.dev = None if dev is None else int(dev_number or 0)
        self.local = None if local is None else re.sub("[-_]", ".", local)

    @property
    def major(self):
        return self.release[0]

    @property
    def minor(self):
        return self.release[1] if len(self.release) > 1 else 0

    @property
    def micro(self):
        return self.release[2] if len(self.release) > 2 else 0

    @property
    def is_prerelease(self):
        return self.dev is not None or self.pre is not None

    @property
    def is_postrelease(self):
        return self.post is not None

    @property
    def is_devrelease(self):
        return self.dev is not None

    @property
    def base_version(self):
        epoch = f"{self.epoch}!" if self.epoch else ""
        return epoch + ".".join([str(part) for part in self.release])

    @property
    def public(self):
        text = self.base_version
        if self.pre is not None:
            text += f"{self.pre[0]}{self.pre[1]}"
        if self.post is not None:
            text += f".post{self.post}"
        if self.dev is not None:
            text += f".dev{self.dev}"
        return text

    def __str__(self):
        return self.public if self.local is None else f"{self.public}+{self.local}"

    def __repr__(self):
        return f"<Version('{self}')>"

    def __hash__(self):
        return hash(_key(self))

    def __eq__(self, other):
        return _key(self) == _key(other) if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return _key(self) < _key(other) if isinstance(other, Version) else NotImplemented

    def __le__(self, other):
        return _key(self) <= _key(other) if isinstance(other, Version) else NotImplemented

    def __gt__(self, other):
        return _key(self) > _key(other) if isinstance(other, Version) else NotImplemented

    def __ge__(self, other):
        return _key(self) >= _key(other) if isinstance(other, Version) else NotImplemented


def _key(version):
    release = version.release
    while len(release) > 1 and release[-1] == 0:
        release = release[:-1]
    # A development release comes first, then what comes before the release, the release, and what was added to it.
    if version.pre is None:
        pre = (-1, "", 0) if version.post is None and version.dev is not None else (1, "", 0)
    else:
        pre = (0, version.pre[0], version.pre[1])
    post = -1 if version.post is None else version.post
    dev = (1, 0) if version.dev is None else (0, version.dev)
    if version.local is None:
        local = ()
    else:
        local = tuple([(1, int(part), "") if part.isdigit() else (0, 0, part) for part in version.local.split(".")])
    return (version.epoch, release, pre, post, dev, version.local is not None, local)


def parse(version):
    return Version(version)
