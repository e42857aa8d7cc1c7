"""Pieces of C text: constants, pools, tables."""


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


class Table:
    """Rows of C initializers for records of a kind."""

    def __init__(self, kind, struct):
        self.kind, self.struct, self.rows, self.keys = kind, struct, [], []

    def add(self, key, text, comment=None):
        """key: name, schema, OID."""
        self.keys.append(key)
        comment = comment and comment.replace("*/", "* /").replace("/*", "/ *")
        self.rows.append(f"    {{{text}}}," + (f" /* {comment} */" if comment else ""))
