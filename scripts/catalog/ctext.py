"""Pieces of C text: constants, pools, tables."""

from catalog.server import VERSIONS


class Pool:
    """A pool of lists in which equal lists are the same."""

    def __init__(self):
        self.items, self.places = [], {}

    def add(self, items):
        items = tuple(items)
        if not items:
            return 0
        if items not in self.places:
            self.places[items] = len(self.items)
            self.items.extend(items)
        return self.places[items]


class Strings:
    def __init__(self):
        self.places, self.size, self.texts = {"": 0}, 1, [""]

    def add(self, text):
        if text not in self.places:
            self.places[text] = self.size
            self.size += len(text.encode()) + 1
            self.texts.append(text)
        return self.places[text]


def c_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?") + '"'


def c_char(text):
    return f"'{text}'" if text else "0"


def c_flags(*flags):
    return " | ".join(flag for flag in flags if flag) or "0"


def wrapped(values, width=116, indent="    "):
    lines, line = [], indent
    for value in values:
        text = f"{value}, "
        if len(line) + len(text) > width:
            lines.append(line.rstrip())
            line = indent
        line += text
    if line.strip():
        lines.append(line.rstrip())
    return lines


def mask(version):
    """The bit of a server version, VERSION_BIT of objectset.h."""
    return 1 << (version - min(VERSIONS))


class Merged:
    """Rows that are the same in several versions, each once, with the versions that have it."""

    def __init__(self):
        self.found = {}

    def add(self, key, text, version):
        self.found[(key, text)] = self.found.get((key, text), 0) | mask(version)

    def finish(self):
        """In order of the keys, of one key the first version first."""
        order = sorted(self.found.items(), key=lambda item: (item[0][0], item[1] & -item[1]))
        self.keys = [key for (key, _), _ in order]
        self.rows = [text for (_, text), _ in order]
        self.versions = [versions for _, versions in order]
        return self


class Table(Merged):
    """Rows of C initializers for records of a kind."""

    def __init__(self, kind, struct):
        super().__init__()
        self.kind, self.struct = kind, struct

    def add(self, key, text, comment, version):
        """key: rank, OID, name, schema."""
        comment = comment.replace("*/", "* /").replace("/*", "/ *")
        super().add(key, f"    {{{text}}}, /* {comment} */", version)
