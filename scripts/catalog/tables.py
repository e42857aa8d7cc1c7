"""Sets of objects as C tables: parser/catalog/objectset.h says what they mean."""

import sys

from catalog.ctext import Merged, Pool, Strings, Table, c_char, c_flags, c_string, mask, wrapped
from catalog.dump import FIRST_USER_OID, NAMED, REFERENCE_EXTENSION, REFERENCE_SCHEMA


# Kinds that are looked up by OID so often that a table by OID is worth its room.
DENSE = ("TYPE", "FUNCTION", "OPERATOR")


class ObjectSetWriter:
    """One set of objects as C text: PostgreSQL's own, or those of an extension, in all the versions that have them."""

    def __init__(self, dumps, facts, owner):
        self.dumps, self.facts, self.owner = dumps, facts, owner
        self.strings, self.oids, self.names, self.numbers = Strings(), Pool(), Pool(), Pool()
        self.names.add([self.strings.add("")])
        self.columns, self.constraints, self.indexes, self.rules = Pool(), Pool(), Pool(), Pool()
        self.casts, self.family_operators, self.family_functions = Merged(), Merged(), Merged()
        self.all = 0

    def ref(self, catalog, oid):
        return self.dump.reference(catalog, oid, self.owner)

    def refs(self, catalog, oids):
        return self.oids.add([self.ref(catalog, oid) for oid in oids])

    def record(self, catalog, row):
        schema = self.ref("pg_namespace", row["schema"]) if "schema" in row else 0
        self.key = (self.ref(catalog, row["oid"]), row["name"], schema)
        return f"{{{self.key[0]}, {self.strings.add(row['name'])}, {schema}}}"

    def sorted(self, catalog):
        return sorted(self.dump.of(catalog, self.owner), key=lambda row: self.ref(catalog, row["oid"]))

    def build(self):
        tables = [(Table(kind, struct), fill) for kind, struct, fill in (
            ("SCHEMA", "Record", self.schemas), ("TYPE", "TypeRecord", self.types),
            ("RELATION", "RelationRecord", self.relations), ("FUNCTION", "FunctionRecord", self.functions),
            ("OPERATOR", "OperatorRecord", self.operators), ("COLLATION", "CollationRecord", self.collations),
            ("OPCLASS", "OpClassRecord", self.opclasses), ("OPFAMILY", "OpFamilyRecord", self.opfamilies),
            ("OBJECT", "NamedRecord", self.objects))]
        for self.dump in self.dumps:
            self.all |= mask(self.dump.version)
            for table, fill in tables:
                fill(table)
            self.build_casts()
            self.build_families()
        self.tables = [table.finish() for table, _ in tables]
        for merged in (self.casts, self.family_operators, self.family_functions):
            merged.finish()
        rows = enumerate(self.family_operators.keys)
        self.by_operator = [i for _, i in sorted((key[4], i) for i, key in rows)]

    def add(self, table, text, comment, rank=0):
        """A record; rank comes before the OID where OIDs are not unique."""
        table.add((rank, *self.key), text, comment, self.dump.version)

    def schemas(self, table):
        for row in self.sorted("pg_namespace"):
            if row["oid"] < FIRST_USER_OID or self.ref("pg_namespace", row["oid"]) != FIRST_USER_OID + REFERENCE_SCHEMA:
                self.add(table, self.record("pg_namespace", row)[1:-1], row["name"])

    def types(self, table):
        of = {"relation": "pg_class", "subscript": "pg_proc", "element": "pg_type", "array": "pg_type", "base": "pg_type"}
        then = {"collation": "pg_collation", "input": "pg_proc", "output": "pg_proc", "receive": "pg_proc",
                "send": "pg_proc", "typmod_in": "pg_proc", "typmod_out": "pg_proc", "subtype": "pg_type",
                "multirange": "pg_type", "range": "pg_type"}
        for row in self.sorted("pg_type"):
            flags = c_flags(row["preferred"] and "TYPE_PREFERRED", row["defined"] and "TYPE_DEFINED",
                            row["not_null"] and "TYPE_NOT_NULL", row["has_default"] and "TYPE_HAS_DEFAULT")
            labels = self.names.add([self.strings.add(label) for label in row["labels"]])
            references = [self.ref(catalog, row[name]) for name, catalog in of.items()]
            functions = [self.ref(catalog, row[name]) for name, catalog in then.items()]
            values = [self.record("pg_type", row), c_char(row["typtype"]), c_char(row["category"]),
                      c_char(row["delimiter"]), flags, row["len"], *references, row["typmod"], row["ndims"], *functions,
                      labels, len(row["labels"])]
            self.add(table, ", ".join(map(str, values)), row["name"])

    def functions(self, table):
        for row in self.sorted("pg_proc"):
            flags = c_flags(row["returns_set"] and "FUNCTION_RETURNS_SET", row["strict"] and "FUNCTION_STRICT",
                            row["leakproof"] and "FUNCTION_LEAKPROOF",
                            row["security_definer"] and "FUNCTION_SECURITY_DEFINER",
                            *self.facts.flag(self.owner, row, self.dump.version), row["initial_value"] and "FUNCTION_INITIAL_VALUE",
                            row["final_strict"] and "FUNCTION_FINAL_STRICT")
            names = row["arg_names"] or []
            arg_names = self.names.add([self.strings.add(name) for name in names]) if any(names) else 0
            values = [self.record("pg_proc", row), c_char(row["kind"]), c_char(row["volatility"]), flags, row["nargs"],
                      row["ndefaults"], len(row["all_types"]), self.ref("pg_type", row["return_type"]),
                      self.ref("pg_type", row["variadic"]), self.ref("pg_language", row["language"]),
                      self.ref("pg_proc", row["support"]), self.refs("pg_type", row["arg_types"]),
                      self.refs("pg_type", row["all_types"]), self.strings.add(row["all_modes"]), arg_names,
                      c_char(row["aggregate_kind"]), row["ndirect"], self.ref("pg_type", row["transition_type"])]
            self.add(table, ", ".join(map(str, values)), f"{row['name']}({', '.join(row['signature'])})")

    def operators(self, table):
        of = {"left": "pg_type", "right": "pg_type", "result": "pg_type", "function": "pg_proc",
              "commutator": "pg_operator", "negator": "pg_operator"}
        for row in self.sorted("pg_operator"):
            references = [self.ref(catalog, row[name]) for name, catalog in of.items()]
            flags = c_flags(row["can_merge"] and "OPERATOR_CAN_MERGE", row["can_hash"] and "OPERATOR_CAN_HASH")
            self.add(table, ", ".join(map(str, [self.record("pg_operator", row), *references, flags])), row["name"])

    def collations(self, table):
        for row in self.sorted("pg_collation"):
            text = f"{self.record('pg_collation', row)}, {str(row['deterministic']).lower()}"
            self.add(table, text, row["name"])

    def opclasses(self, table):
        of = {"access_method": "pg_am", "family": "pg_opfamily", "input": "pg_type", "key": "pg_type"}
        for row in self.sorted("pg_opclass"):
            references = [self.ref(catalog, row[name]) for name, catalog in of.items()]
            values = [self.record("pg_opclass", row), *references, str(row["is_default"]).lower()]
            self.add(table, ", ".join(map(str, values)), row["name"])

    def opfamilies(self, table):
        for row in self.sorted("pg_opfamily"):
            text = f"{self.record('pg_opfamily', row)}, {self.ref('pg_am', row['access_method'])}"
            self.add(table, text, row["name"])

    def objects(self, table):
        """By class, then OID: OIDs are not unique across classes."""
        for rank, (catalog, object_class) in enumerate(NAMED.items()):
            for row in self.sorted(catalog):
                extension = FIRST_USER_OID + REFERENCE_EXTENSION
                if row["oid"] >= FIRST_USER_OID and self.ref(catalog, row["oid"]) == extension:
                    continue
                self.add(table, f"{self.record(catalog, row)}, {object_class}", row["name"], rank)

    def relations(self, table):
        parts = {}
        for catalog in ("pg_attribute", "pg_constraint", "pg_rewrite", "pg_index"):
            for row in self.dump.rows[catalog]:
                parts.setdefault((catalog, row["relation"]), []).append(row)
        # The tables have no place for expressions. An index over one says nothing about types unless it is unique.
        left_out = {row["relation"] for row in self.dump.rows["pg_index"] if row["special"] and not row["is_unique"]}
        indexes_of = {}
        for row in self.dump.rows["pg_index"]:
            if row["relation"] in left_out:
                continue
            indexes_of.setdefault(row["table"], []).append(row["relation"])
        for row in self.sorted("pg_class"):
            if row["oid"] in left_out:
                continue
            record = self.record("pg_class", row)
            oid, name = row["oid"], row["name"]
            columns = [self.column(name, column) for column in parts.get(("pg_attribute", oid), [])]
            constraints = [self.constraint(part) for part in self.in_order("pg_constraint", parts, oid)
                           if part["type"] != "f"]
            rules = [self.rule(part) for part in self.in_order("pg_rewrite", parts, oid)]
            index = 0
            for part in parts.get(("pg_index", oid), []):
                index = 1 + self.indexes.add([self.index(part, row["access_method"])])
            indexes = sorted(self.ref("pg_class", oid) for oid in indexes_of.get(oid, []))
            values = [record, c_char(row["kind"]), c_char(row["persistence"]), len(columns), len(constraints),
                      len(indexes), len(rules), self.ref("pg_type", row["row_type"]),
                      self.ref("pg_type", row["row_array_type"]), self.ref("pg_am", row["access_method"]),
                      self.columns.add(columns), self.constraints.add(constraints), self.oids.add(indexes),
                      self.rules.add(rules), index]
            self.add(table, ", ".join(map(str, values)), name)

    def in_order(self, catalog, parts, relation):
        return sorted(parts.get((catalog, relation), []), key=lambda row: self.ref(catalog, row["oid"]))

    def column(self, relation, row):
        flags = c_flags(row["not_null"] and "COLUMN_NOT_NULL", row["dropped"] and "COLUMN_DROPPED",
                        row["has_default"] and "COLUMN_HAS_DEFAULT")
        return (f"{{{self.strings.add(row['name'])}, {self.ref('pg_type', row['type'])}, {row['typmod']}, "
                f"{self.ref('pg_collation', row['collation'])}, {row['ndims']}, {flags}}}, "
                f"/* {relation}.{row['name']} */")

    def constraint(self, row):
        columns = row["columns"] or []
        return (f"{{{self.ref('pg_constraint', row['oid'])}, {self.strings.add(row['name'])}, "
                f"{self.ref('pg_class', row['index'])}, {self.numbers.add(columns)}, {len(columns)}, '{row['type']}'}},")

    def rule(self, row):
        flags = c_flags(row["instead"] and "RULE_INSTEAD", row["enabled"] and "RULE_ENABLED")
        return f"{{{self.ref('pg_rewrite', row['oid'])}, {self.strings.add(row['name'])}, '{row['event']}', {flags}}},"

    def index(self, row, access_method):
        if row["special"]:
            sys.exit("gen-catalog: an index with expressions or a predicate: the tables have no place for it")
        flags = c_flags(row["is_unique"] and "INDEX_UNIQUE", row["is_primary"] and "INDEX_PRIMARY",
                        row["immediate"] and "INDEX_IMMEDIATE",
                        row["nulls_not_distinct"] and "INDEX_NULLS_NOT_DISTINCT")
        constraint = next((other["oid"] for other in self.dump.rows["pg_constraint"]
                           if other["index"] == row["relation"] and other["type"] in "pux"), 0)
        values = [self.ref("pg_class", row["table"]), self.ref("pg_am", access_method),
                  self.ref("pg_constraint", constraint), row["nkeys"], row["ncolumns"],
                  self.numbers.add(row["columns"]), self.numbers.add(row["options"]),
                  self.refs("pg_opclass", row["opclasses"]), self.refs("pg_collation", row["collations"]), flags]
        return "{" + ", ".join(map(str, values)) + "},"

    def build_casts(self):
        for row in self.dump.of("pg_cast", self.owner):
            key = (self.ref("pg_type", row["source"]), self.ref("pg_type", row["target"]))
            self.casts.add(key, f"{{{self.ref('pg_cast', row['oid'])}, {key[0]}, {key[1]}, "
                           f"{self.ref('pg_proc', row['function'])}, '{row['context']}', '{row['method']}', 0}},",
                           self.dump.version)

    def build_families(self):
        def key(row):
            return (self.ref("pg_opfamily", row["family"]), self.ref("pg_type", row["left"]),
                    self.ref("pg_type", row["right"]))

        for row in self.dump.of("pg_amop", self.owner):
            op = self.ref("pg_operator", row["op"])
            values = (*key(row), row["strategy"], f"'{row['purpose']}'", op,
                      self.ref("pg_opfamily", row["sort_family"]))
            self.family_operators.add((*key(row), row["strategy"], op), "{" + ", ".join(map(str, values)) + "},",
                                      self.dump.version)
        for row in self.dump.of("pg_amproc", self.owner):
            values = (*key(row), row["number"], self.ref("pg_proc", row["function"]))
            self.family_functions.add(values, "{" + ", ".join(map(str, values)) + "},", self.dump.version)

    # -- C text

    def text(self, name, title):
        out = [f"/* {title}. Generated by scripts/gen-catalog. */", '#include "catalog/objectset.h"', ""]
        out += ["/* clang-format off */", "", "static const char strings[] ="]
        out += [f"    {c_string(text)} \"\\0\"" for text in self.strings.texts]
        out[-1] += ";"
        out += self.array("Oid", "oids", self.oids.items) + self.array("uint32_t", "names", self.names.items)
        out += self.array("int16_t", "numbers", self.numbers.items)
        for struct, array, rows in (("ColumnRecord", "columns", self.columns.items),
                                    ("ConstraintRecord", "constraints", self.constraints.items),
                                    ("IndexRecord", "indexes", self.indexes.items),
                                    ("RuleRecord", "rules", self.rules.items), ("Cast", "casts", self.casts.rows),
                                    ("FamilyOperator", "family_operators", self.family_operators.rows),
                                    ("FamilyFunction", "family_functions", self.family_functions.rows)):
            if rows:
                out += ["", f"static const {struct} {array}[] = {{"] + ["    " + row for row in rows] + ["};"]
        for low, merged in self.merged():
            out += self.versions(low, merged)
        out += self.array("uint16_t", "family_operators_by_operator", self.by_operator)
        for table in self.tables:
            out += self.record_table(table)
        out += self.object_set(name)
        return out

    def merged(self):
        return (("cast", self.casts), ("family_operator", self.family_operators),
                ("family_function", self.family_functions))

    def has_versions(self, merged):
        return any(versions != self.all for versions in merged.versions)

    def versions(self, low, merged):
        """The versions of each row, unless they are all those of the set."""
        return self.array("uint8_t", f"{low}_versions", merged.versions) if self.has_versions(merged) else []

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
        out += self.versions(low, table)
        if self.owner is None:
            # a key is rank, OID, name, schema
            def name_order(i):
                rank, oid, name, schema = table.keys[i]
                return (rank, name.encode(), schema, oid, i)

            out += self.array("uint16_t", f"{low}_by_name", sorted(range(len(table.rows)), key=name_order))
            if table.kind in DENSE:
                oids = [key[1] for key in table.keys]
                dense = [0] * (max(oids) + 1)
                for i, oid in reversed(list(enumerate(oids))):
                    dense[oid] = i + 1
                out += self.array("uint16_t", f"{low}_of_oid", dense)
        return out

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
            parts = [f".records = {low}_records", f".stride = sizeof({table.struct})", f".n = {n}"]
            if self.has_versions(table):
                parts.append(f".versions = {low}_versions")
            if self.owner is None:
                parts.append(f".by_name = {low}_by_name")
                if table.kind in DENSE:
                    parts += [f".of_oid = {low}_of_oid", f".limit = sizeof {low}_of_oid / sizeof *{low}_of_oid"]
            out.append(f"        [RECORD_{table.kind}] = {{" + ", ".join(parts) + "},")
        out.append("    },")
        for array in ("columns", "constraints", "indexes", "rules"):
            if getattr(self, array).items:
                out.append(f"    .{array} = {array},")
        for low, merged in self.merged():
            if merged.rows:
                out += [f"    .{low}s = {low}s,", f"    .n{low}s = sizeof {low}s / sizeof *{low}s,"]
                if self.has_versions(merged):
                    out.append(f"    .{low}_versions = {low}_versions,")
        if self.by_operator:
            out.append("    .family_operators_by_operator = family_operators_by_operator,")
        if self.owner is not None:
            out.append(f"    .nobjects = {self.nobjects},")
        return out + ["};"]
