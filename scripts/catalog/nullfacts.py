"""parser/catalog/never_null.txt: which functions give no NULL for non-NULL arguments, and which never do."""

import re


class NullFacts:
    """never_null.txt: which functions give no NULL for non-NULL arguments, and which never do."""

    def __init__(self, path):
        self.facts, self.unused, self.since = {}, {}, {}
        extension, facts, value = None, self.facts, "FUNCTION_NEVER_NULL"
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            line = line.split("#")[0].strip()
            section = re.fullmatch(r"\[(extension ([\w-]+)|never|always|null since (\d+))\]", line)
            if section:
                extension = section.group(2) or extension
                facts, value = self.facts, "FUNCTION_NEVER_NULL"
                if section.group(1) == "always":
                    value = "FUNCTION_ALWAYS_NOT_NULL"
                elif section.group(3):
                    facts, value = self.since, int(section.group(3))
                continue
            for entry in re.findall(r"[\w$]+(?:\([^)]*\))?", line):
                facts[(extension, entry)] = value
                self.unused[(extension, entry)] = number

    def flag(self, owner, row, version):
        signature = f"{row['name']}({','.join(row['signature'])})"
        flags = []
        for entry in (row["name"], signature):
            key = (owner, entry)
            if key in self.since:
                self.unused.pop(key, None)
                if version >= self.since[key]:
                    return []
            if key in self.facts:
                self.unused.pop(key, None)
                flags.append(self.facts[key])
        if "FUNCTION_ALWAYS_NOT_NULL" in flags:
            return ["FUNCTION_NEVER_NULL", "FUNCTION_ALWAYS_NOT_NULL"]
        return flags[:1]
