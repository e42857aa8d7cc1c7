"""Sets of objects as C tables: parser/catalog/objectset.h says what they mean."""

import sys

from catalog.ctext import Pool, Strings, Table, c_char, c_flags, c_string, wrapped
from catalog.dump import FIRST_LOCAL, FIRST_USER_OID, NAMED, REFERENCE_EXTENSION, REFERENCE_SCHEMA


class ObjectSetWriter:
    """One set of objects as C text."""

    def __init__(self, dump, facts, owner):
        self.dump, self.facts, self.owner = dump, facts, owner
        self.strings, self.oids, self.names, self.numbers = Strings(), Pool(), Pool(), Pool()
        self.names.add([self.strings.add("")])
        self.columns, self.constraints, self.indexes, self.rules = [], [], [], []
        self.casts, self.family_operators, self.family_functions = [], [], []

    def ref(self, oid):
        return self.dump.reference(oid, self.owner)

    def refs(self, oids):
        return self.oids.add([self.ref(oid) for oid in oids])

    def record(self, row):
        schema = self.ref(row["schema"]) if "schema" in row else 0
        self.key = (row["name"], schema, self.number(row))
        return f"{{{self.key[2]}, {self.strings.add(row['name'])}, {schema}}}"

    def number(self, row):
        return self.ref(row["oid"])

    def sorted(self, catalog):
        return sorted(self.dump.of(catalog, self.owner), key=self.number)

    def build(self):
        self.tables = [self.schemas(), self.types(), self.relations(), self.functions(), self.operators(),
                       self.collations(), self.opclasses(), self.opfamilies(), self.objects()]
        self.build_casts()
        self.build_families()

    def schemas(self):
        table = Table("SCHEMA", "Record")
        for row in self.sorted("pg_namespace"):
            if row["oid"] < FIRST_USER_OID or self.number(row) != FIRST_USER_OID + REFERENCE_SCHEMA:
                table.add(None, self.record(row)[1:-1], row["name"])
                table.keys[-1] = self.key
        return table

    def types(self):
        table = Table("TYPE", "TypeRecord")
        for row in self.sorted("pg_type"):
            flags = c_flags(row["preferred"] and "TYPE_PREFERRED", row["defined"] and "TYPE_DEFINED",
                            row["not_null"] and "TYPE_NOT_NULL", row["has_default"] and "TYPE_HAS_DEFAULT")
            labels = self.names.add([self.strings.add(label) for label in row["labels"]])
            references = [self.ref(row[name]) for name in ("relation", "subscript", "element", "array", "base")]
            functions = [self.ref(row[name]) for name in ("collation", "input", "output", "receive", "send",
                                                          "typmod_in", "typmod_out", "subtype", "multirange", "range")]
            values = [self.record(row), c_char(row["typtype"]), c_char(row["category"]), c_char(row["delimiter"]),
                      flags, row["len"], *references, row["typmod"], row["ndims"], *functions, labels,
                      len(row["labels"])]
            table.add(self.key, ", ".join(map(str, values)), row["name"])
        return table

    def functions(self):
        table = Table("FUNCTION", "FunctionRecord")
        for row in self.sorted("pg_proc"):
            flags = c_flags(row["returns_set"] and "FUNCTION_RETURNS_SET", row["strict"] and "FUNCTION_STRICT",
                            row["leakproof"] and "FUNCTION_LEAKPROOF",
                            row["security_definer"] and "FUNCTION_SECURITY_DEFINER",
                            *self.facts.flag(self.owner, row), row["initial_value"] and "FUNCTION_INITIAL_VALUE",
                            row["final_strict"] and "FUNCTION_FINAL_STRICT")
            names = row["arg_names"] or []
            arg_names = self.names.add([self.strings.add(name) for name in names]) if any(names) else 0
            values = [self.record(row), c_char(row["kind"]), c_char(row["volatility"]), flags, row["nargs"],
                      row["ndefaults"], len(row["all_types"]), self.ref(row["return_type"]),
                      self.ref(row["variadic"]), self.ref(row["language"]), self.ref(row["support"]),
                      self.refs(row["arg_types"]), self.refs(row["all_types"]), self.strings.add(row["all_modes"]),
                      arg_names, c_char(row["aggregate_kind"]), row["ndirect"], self.ref(row["transition_type"])]
            table.add(self.key, ", ".join(map(str, values)), f"{row['name']}({', '.join(row['signature'])})")
        return table

    def operators(self):
        table = Table("OPERATOR", "OperatorRecord")
        for row in self.sorted("pg_operator"):
            references = [self.ref(row[name]) for name in ("left", "right", "result", "function", "commutator",
                                                           "negator")]
            flags = c_flags(row["can_merge"] and "OPERATOR_CAN_MERGE", row["can_hash"] and "OPERATOR_CAN_HASH")
            table.add(None, ", ".join(map(str, [self.record(row), *references, flags])), row["name"])
            table.keys[-1] = self.key
        return table

    def collations(self):
        table = Table("COLLATION", "CollationRecord")
        for row in self.sorted("pg_collation"):
            table.add(None, f"{self.record(row)}, {str(row['deterministic']).lower()}", row["name"])
            table.keys[-1] = self.key
        return table

    def opclasses(self):
        table = Table("OPCLASS", "OpClassRecord")
        for row in self.sorted("pg_opclass"):
            references = [self.ref(row[name]) for name in ("access_method", "family", "input", "key")]
            values = [self.record(row), *references, str(row["is_default"]).lower()]
            table.add(self.key, ", ".join(map(str, values)), row["name"])
        return table

    def opfamilies(self):
        table = Table("OPFAMILY", "OpFamilyRecord")
        for row in self.sorted("pg_opfamily"):
            table.add(None, f"{self.record(row)}, {self.ref(row['access_method'])}", row["name"])
            table.keys[-1] = self.key
        return table

    def objects(self):
        """By class, then OID: OIDs are not unique across classes."""
        table = Table("OBJECT", "NamedRecord")
        for catalog, object_class in NAMED.items():
            for row in self.sorted(catalog):
                if row["oid"] >= FIRST_USER_OID and self.number(row) == FIRST_USER_OID + REFERENCE_EXTENSION:
                    continue
                record = self.record(row)
                table.add((object_class,) + self.key, f"{record}, {object_class}", row["name"])
        return table

    def relations(self):
        table = Table("RELATION", "RelationRecord")
        parts = {}
        for catalog in ("pg_attribute", "pg_constraint", "pg_rewrite", "pg_index"):
            for row in self.dump.rows[catalog]:
                parts.setdefault((catalog, row["relation"]), []).append(row)
        indexes_of = {}
        for row in self.dump.rows["pg_index"]:
            indexes_of.setdefault(row["table"], []).append(row["relation"])
        for row in self.sorted("pg_class"):
            record = self.record(row)
            oid, name = row["oid"], row["name"]
            columns, first_column = parts.get(("pg_attribute", oid), []), len(self.columns)
            for column in columns:
                self.add_column(name, column)
            constraints, first_constraint = parts.get(("pg_constraint", oid), []), len(self.constraints)
            for constraint in sorted(constraints, key=self.number):
                self.add_constraint(constraint)
            rules, first_rule = parts.get(("pg_rewrite", oid), []), len(self.rules)
            for rule in sorted(rules, key=self.number):
                flags = c_flags(rule["instead"] and "RULE_INSTEAD", rule["enabled"] and "RULE_ENABLED")
                self.rules.append(f"{{{self.number(rule)}, {self.strings.add(rule['name'])}, '{rule['event']}', {flags}}},")
            index = 0
            for part in parts.get(("pg_index", oid), []):
                self.add_index(part, constraints_of_index(self.dump, oid))
                index = len(self.indexes)
            indexes = sorted(indexes_of.get(oid, []), key=self.ref)
            values = [record, c_char(row["kind"]), c_char(row["persistence"]), len(columns), len(constraints),
                      len(indexes), len(rules), self.ref(row["row_type"]), self.ref(row["row_array_type"]),
                      self.ref(row["access_method"]), first_column if columns else 0,
                      first_constraint if constraints else 0, self.refs(indexes), first_rule if rules else 0, index]
            table.add((name,) + (self.ref(row["schema"]), self.number(row)), ", ".join(map(str, values)), name)
        return table

    def add_column(self, relation, row):
        flags = c_flags(row["not_null"] and "COLUMN_NOT_NULL", row["dropped"] and "COLUMN_DROPPED",
                        row["has_default"] and "COLUMN_HAS_DEFAULT")
        self.columns.append(f"{{{self.strings.add(row['name'])}, {self.ref(row['type'])}, {row['typmod']}, "
                            f"{self.ref(row['collation'])}, {row['ndims']}, {flags}}}, /* {relation}.{row['name']} */")

    def add_constraint(self, row):
        columns = row["columns"] or []
        self.constraints.append(f"{{{self.number(row)}, {self.strings.add(row['name'])}, {self.ref(row['index'])}, "
                                f"{self.numbers.add(columns)}, {len(columns)}, '{row['type']}'}},")

    def add_index(self, row, constraint):
        if row["special"]:
            sys.exit("gen-catalog: an index with expressions or a predicate: the tables have no place for it")
        flags = c_flags(row["is_unique"] and "INDEX_UNIQUE", row["is_primary"] and "INDEX_PRIMARY",
                        row["immediate"] and "INDEX_IMMEDIATE",
                        row["nulls_not_distinct"] and "INDEX_NULLS_NOT_DISTINCT")
        method = next(r["access_method"] for r in self.dump.rows["pg_class"] if r["oid"] == row["relation"])
        values = [self.ref(row["table"]), self.ref(method), self.ref(constraint), row["nkeys"], row["ncolumns"],
                  self.numbers.add(row["columns"]), self.numbers.add(row["options"]), self.refs(row["opclasses"]),
                  self.refs(row["collations"]), flags]
        self.indexes.append("{" + ", ".join(map(str, values)) + "},")

    def build_casts(self):
        rows = [(self.ref(row["source"]), self.ref(row["target"]), row) for row in self.dump.of("pg_cast", self.owner)]
        for source, target, row in sorted(rows, key=lambda row: row[:2]):
            self.casts.append(f"{{{self.number(row)}, {source}, {target}, {self.ref(row['function'])}, "
                              f"'{row['context']}', '{row['method']}', 0}},")

    def build_families(self):
        members = []
        for row in self.dump.of("pg_amop", self.owner):
            members.append((*(self.ref(row[name]) for name in ("family", "left", "right")), row["strategy"],
                            f"'{row['purpose']}'", self.ref(row["op"]), self.ref(row["sort_family"])))
        members.sort()
        self.family_operators = ["{" + ", ".join(map(str, row)) + "}," for row in members]
        self.by_operator = sorted(range(len(members)), key=lambda i: (members[i][5], i))
        functions = []
        for row in self.dump.of("pg_amproc", self.owner):
            functions.append((*(self.ref(row[name]) for name in ("family", "left", "right")), row["number"],
                              self.ref(row["function"])))
        functions.sort()
        self.family_functions = ["{" + ", ".join(map(str, row)) + "}," for row in functions]

    # -- C text

    def text(self, name, title):
        self.title = title
        out = [f"/* {title}. Generated by scripts/gen-catalog. */", '#include "catalog/objectset.h"', ""]
        out += ["/* clang-format off */", "", "static const char strings[] ="]
        out += [f"    {c_string(text)} \"\\0\"" for text in self.strings.texts]
        out[-1] += ";"
        out += self.array("Oid", "oids", self.oids.items) + self.array("uint32_t", "names", self.names.items)
        out += self.array("int16_t", "numbers", self.numbers.items)
        for struct, array, rows in (("ColumnRecord", "columns", self.columns),
                                    ("ConstraintRecord", "constraints", self.constraints),
                                    ("IndexRecord", "indexes", self.indexes), ("RuleRecord", "rules", self.rules),
                                    ("Cast", "casts", self.casts),
                                    ("FamilyOperator", "family_operators", self.family_operators),
                                    ("FamilyFunction", "family_functions", self.family_functions)):
            if rows:
                out += ["", f"static const {struct} {array}[] = {{"] + ["    " + row for row in rows] + ["};"]
        out += self.array("uint16_t", "family_operators_by_operator", self.by_operator)
        for table in self.tables:
            out += self.record_table(table)
        out += self.object_set(name)
        return out

    @staticmethod
    def array(element, name, values):
        if not values:
            return []
        return ["", f"static const {element} {name}[] = {{"] + wrapped(values) + ["};"]

    def record_table(self, table):
        if not table.rows:
            return []
        low = table.kind.lower()
        out = ["", f"static const {table.struct} {low}_records[] = {{"] + table.rows + ["};"]
        order = sorted(range(len(table.rows)), key=lambda i: [part.encode() if isinstance(part, str) else part
                                                              for part in self.sort_key(table, i)])
        out += self.array("uint16_t", f"{low}_by_name", order)
        if self.owner is None:
            oids = [key[-1] for key in table.keys]
            out += self.array("uint16_t", f"{low}_by_oid", range(len(table.rows)))
            if table.kind in ("TYPE", "FUNCTION", "OPERATOR"):
                dense = [0] * (max(oids) + 1)
                for i, oid in enumerate(oids):
                    dense[oid] = i + 1
                out += self.array("uint16_t", f"{low}_of_oid", dense)
        return out

    @staticmethod
    def sort_key(table, i):
        """Named objects are in order of class already."""
        key = table.keys[i]
        if table.kind != "OBJECT":
            return key
        return (list(NAMED.values()).index(key[0]), *key[1:])

    def object_set(self, name):
        out = ["", f"const ObjectSet {name} = {{", "    .strings = strings,"]
        for pool, items in (("oids", self.oids.items), ("names", self.names.items), ("numbers", self.numbers.items)):
            if items:
                out.append(f"    .{pool} = {pool},")
        out.append("    .tables = {")
        for table in self.tables:
            if not table.rows:
                continue
            low, n = table.kind.lower(), len(table.rows)
            parts = [f".records = {low}_records", f".stride = sizeof({table.struct})", f".n = {n}", f".nindexed = {n}",
                     f".by_name = {low}_by_name"]
            if self.owner is None:
                parts.append(f".by_oid = {low}_by_oid")
                if table.kind in ("TYPE", "FUNCTION", "OPERATOR"):
                    parts += [f".of_oid = {low}_of_oid", f".limit = sizeof {low}_of_oid / sizeof *{low}_of_oid"]
            out.append(f"        [RECORD_{table.kind}] = {{" + ", ".join(parts) + "},")
        out.append("    },")
        for array in ("columns", "constraints", "indexes", "rules"):
            if getattr(self, array):
                out.append(f"    .{array} = {array},")
        for array in ("casts", "family_operators", "family_functions"):
            if getattr(self, array):
                out += [f"    .{array} = {array},", f"    .n{array} = sizeof {array} / sizeof *{array},"]
        if self.by_operator:
            out.append("    .family_operators_by_operator = family_operators_by_operator,")
        if self.owner is not None:
            out.append(f"    .nobjects = {self.dump.nlocals.get(self.owner, FIRST_LOCAL)},")
        return out + ["};"]


def constraints_of_index(dump, index):
    return next((row["oid"] for row in dump.rows["pg_constraint"] if row["index"] == index and row["type"] in "pux"),
                0)
