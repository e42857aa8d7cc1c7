"""parser/catalog/never_null.txt: which functions give no NULL for non-NULL arguments, and which never do."""

import re


class NullFacts:
    """never_null.txt: which functions give no NULL for non-NULL arguments, and which never do."""

    def __init__(self, path):
        self.facts, self.unused = {}, {}
        extension, flag = None, "FUNCTION_NEVER_NULL"
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            line = line.split("#")[0].strip()
            section = re.fullmatch(r"\[(extension ([\w-]+)|never|always)\]", line)
            if section:
                if section.group(2):
                    extension = section.group(2)
                flag = "FUNCTION_ALWAYS_NOT_NULL" if section.group(1) == "always" else "FUNCTION_NEVER_NULL"
                continue
            for entry in re.findall(r"[\w$]+(?:\([^)]*\))?", line):
                self.facts[(extension, entry)] = flag
                self.unused[(extension, entry)] = number

    def flag(self, owner, row):
        signature = f"{row['name']}({','.join(row['signature'])})"
        flags = []
        for entry in (row["name"], signature):
            if (owner, entry) in self.facts:
                self.unused.pop((owner, entry), None)
                flags.append(self.facts[(owner, entry)])
        if "FUNCTION_ALWAYS_NOT_NULL" in flags:
            return ["FUNCTION_NEVER_NULL", "FUNCTION_ALWAYS_NOT_NULL"]
        return flags[:1]
