"""Reads the system catalogs of a database that has every extension of postgresql-contrib.

Each extension is in a schema of its own. An object belongs to PostgreSQL when its OID is below 16384, else to the
extension during whose creation its OID was given out.

What initdb numbers as it goes (from 12000 on: the information schema, system views, collations) has OIDs that depend
on the machine's locales. They are renumbered in order, so that the result depends on PostgreSQL's version alone."""

import re
import sys

FIRST_USER_OID = 16384
FIRST_INITDB_OID = 12000
# What the compiler names has a number of its own, the rest is numbered from here on.
FIXED = {("pg_namespace", "information_schema"): 12001, ("pg_language", "plpgsql"): 12002,
         ("pg_extension", "plpgsql"): 12003}
FIRST_RENUMBERED = 12100
REFERENCE_SHIFT = 24
REFERENCE_SCHEMA, REFERENCE_EXTENSION, FIRST_LOCAL = 0, 1, 2

# Collations of the C library depend on the machine. These are on PostgreSQL's official server images.
LIBC_COLLATIONS = ["C.utf8", "en_US", "en_US.utf8"]

# Every catalog that has OIDs of interest, in the order in which objects are numbered.
QUERIES = {
    "pg_namespace": """select oid, nspname as name from pg_namespace
        where nspname !~ '^pg_(toast_|temp_)' and nspname !~ '^mark_'""",
    "pg_am": "select oid, amname as name from pg_am",
    "pg_language": "select oid, lanname as name from pg_language",
    "pg_extension": "select oid, extname as name from pg_extension",
    "pg_collation": """select oid, collname as name, collnamespace as schema, collisdeterministic as deterministic,
        collprovider as provider from pg_collation where collencoding in (-1, 6)""",
    "pg_type": """select t.oid, typname as name, typnamespace as schema, typtype, typcategory as category,
        typispreferred as preferred, typisdefined as defined, typlen as len, typdelim as delimiter,
        typrelid as relation, typsubscript::oid as subscript, typelem as element, typarray as array,
        typbasetype as base, typtypmod as typmod, typndims as ndims, typnotnull as not_null,
        typdefault is not null as has_default, typcollation as collation, typinput::oid as input,
        typoutput::oid as output, typreceive::oid as receive, typsend::oid as send, typmodin::oid as typmod_in,
        typmodout::oid as typmod_out, coalesce(r.rngsubtype, 0) as subtype, coalesce(r.rngmultitypid, 0) as multirange,
        coalesce(m.rngtypid, 0) as range,
        array(select enumlabel from pg_enum where enumtypid = t.oid order by enumsortorder) as labels
        from pg_type t left join pg_range r on r.rngtypid = t.oid left join pg_range m on m.rngmultitypid = t.oid""",
    "pg_class": """select oid, relname as name, relnamespace as schema, relkind as kind, relpersistence as persistence,
        reltype as row_type, coalesce((select typarray from pg_type where oid = reltype), 0) as row_array_type,
        relam as access_method from pg_class
        where relkind <> 't' and relnamespace <> 'pg_toast'::regnamespace""",
    "pg_proc": """select p.oid, proname as name, pronamespace as schema, prokind as kind, provolatile as volatility,
        proretset as returns_set, proisstrict as strict, proleakproof as leakproof, prosecdef as security_definer,
        pronargs as nargs, pronargdefaults as ndefaults, prorettype as return_type, provariadic as variadic,
        prolang as language, prosupport::oid as support, proargtypes::oid[]::int8[] as arg_types,
        coalesce(proallargtypes::int8[], '{}') as all_types, coalesce(array_to_string(proargmodes, ''), '') as all_modes,
        proargnames as arg_names, coalesce(aggkind, '') as aggregate_kind, coalesce(aggnumdirectargs, 0) as ndirect,
        coalesce(aggtranstype, 0) as transition_type, agginitval is not null as initial_value,
        coalesce((select proisstrict from pg_proc f where f.oid = aggfinalfn), false) as final_strict,
        array(select format_type(a, null) from unnest(proargtypes) with ordinality u(a, n) order by n) as signature
        from pg_proc p left join pg_aggregate a on aggfnoid = p.oid""",
    "pg_operator": """select oid, oprname as name, oprnamespace as schema, oprleft as left, oprright as right,
        oprresult as result, oprcode::oid as function, oprcom as commutator, oprnegate as negator,
        oprcanmerge as can_merge, oprcanhash as can_hash from pg_operator""",
    "pg_opfamily": """select oid, opfname as name, opfnamespace as schema, opfmethod as access_method
        from pg_opfamily""",
    "pg_opclass": """select oid, opcname as name, opcnamespace as schema, opcmethod as access_method,
        opcfamily as family, opcintype as input, opckeytype as key, opcdefault as is_default from pg_opclass""",
    "pg_cast": """select oid, castsource as source, casttarget as target, castfunc as function,
        castcontext as context, castmethod as method from pg_cast""",
    "pg_constraint": """select oid, conname as name, conrelid as relation, conindid as index, contype as type,
        conkey as columns from pg_constraint where conrelid <> 0""",
    "pg_rewrite": """select oid, rulename as name, ev_class as relation, ev_type as event, is_instead as instead,
        ev_enabled <> 'D' as enabled from pg_rewrite where rulename <> '_RETURN'""",
    "pg_conversion": "select oid, conname as name, connamespace as schema from pg_conversion",
    "pg_ts_config": "select oid, cfgname as name, cfgnamespace as schema from pg_ts_config",
    "pg_ts_dict": "select oid, dictname as name, dictnamespace as schema from pg_ts_dict",
    "pg_ts_parser": "select oid, prsname as name, prsnamespace as schema from pg_ts_parser",
    "pg_ts_template": "select oid, tmplname as name, tmplnamespace as schema from pg_ts_template",
    "pg_foreign_data_wrapper": "select oid, fdwname as name from pg_foreign_data_wrapper",
    "pg_event_trigger": "select oid, evtname as name from pg_event_trigger",
}

# Known by what they belong to.
PARTS = {
    "pg_attribute": """select attrelid as relation, attnum as number, attname as name, atttypid as type,
        atttypmod as typmod, attcollation as collation, attndims as ndims, attnotnull as not_null,
        attisdropped as dropped, atthasdef as has_default from pg_attribute where attnum > 0
        order by attrelid, attnum""",
    "pg_index": """select indexrelid as relation, indrelid as table, indnatts as ncolumns, indnkeyatts as nkeys,
        indisunique as is_unique, indisprimary as is_primary, indimmediate as immediate,
        indnullsnotdistinct as nulls_not_distinct, indkey::int2[] as columns, indclass::oid[]::int8[] as opclasses,
        indcollation::oid[]::int8[] as collations, indoption::int2[] as options,
        indexprs is not null or indpred is not null as special from pg_index""",
    "pg_amop": """select oid, amopfamily as family, amoplefttype as left, amoprighttype as right,
        amopstrategy as strategy, amoppurpose as purpose, amopopr as op, amopsortfamily as sort_family
        from pg_amop""",
    "pg_amproc": """select oid, amprocfamily as family, amproclefttype as left, amprocrighttype as right,
        amprocnum as number, amproc::oid as function from pg_amproc""",
}

NAMED = {"pg_extension": "CLASS_EXTENSION", "pg_language": "CLASS_LANGUAGE", "pg_am": "CLASS_ACCESS_METHOD",
         "pg_conversion": "CLASS_CONVERSION", "pg_ts_config": "CLASS_TS_CONFIG", "pg_ts_dict": "CLASS_TS_DICT",
         "pg_ts_parser": "CLASS_TS_PARSER", "pg_ts_template": "CLASS_TS_TEMPLATE",
         "pg_foreign_data_wrapper": "CLASS_FDW", "pg_event_trigger": "CLASS_EVENT_TRIGGER"}


class Dump:
    """Rows of the catalogs, and which extension each OID belongs to."""

    def __init__(self, cluster):
        self.create_extensions(cluster)
        self.rows = {name: cluster.rows(sql) for name, sql in {**QUERIES, **PARTS}.items()}
        for rows in self.rows.values():
            for row in rows:
                for key, value in row.items():
                    if isinstance(value, str) and value.isdigit() and key not in ("name", "event"):
                        row[key] = int(value)
        for row in self.rows["pg_proc"]:  # an extension's types without the schema it is in here
            row["signature"] = [re.sub(r'^("x_[^"]*"|x_\w*)\.', "", argument) for argument in row["signature"]]
        self.keywords = [row["word"] for row in cluster.rows(
            "select word from pg_get_keywords() where catcode <> 'U'")]
        self.fix_collations()
        self.number()

    def create_extensions(self, cluster):
        cluster.psql("create database catalog template template0", "postgres")
        self.extensions = {row["name"]: row for row in cluster.rows(
            """select v.name, v.version, v.relocatable, v.schema, coalesce(v.requires, '{}') as requires,
                array(select version from pg_available_extension_versions o where o.name = v.name
                      order by version) as versions
                from pg_available_extension_versions v join pg_available_extensions e
                on e.name = v.name and e.default_version = v.version
                where v.name <> 'plpgsql' and v.name !~ '^(postgis|address_standardizer)' order by v.name""")}
        self.ranges = []  # (first OID, last OID, extension), in order of creation
        pending = sorted(self.extensions)
        while pending:
            name = next(n for n in pending if not set(self.extensions[n]["requires"]) & set(pending))
            pending.remove(name)
            schema = "" if self.extensions[name]["schema"] else f'create schema "x_{name}";'
            place = "" if self.extensions[name]["schema"] else f'schema "x_{name}"'
            output = cluster.psql(f"""create schema "mark_{name}_0"; {schema} create extension "{name}" {place};
                create schema "mark_{name}_1";
                select oid::int8 from pg_namespace where nspname in ('mark_{name}_0', 'mark_{name}_1') order by 1""")
            first, last = output.split()
            self.ranges.append((int(first), int(last), name))

    def fix_collations(self):
        kept = [row for row in self.rows["pg_collation"] if row["provider"] != "c" or row["oid"] < FIRST_INITDB_OID]
        libc = [row for row in self.rows["pg_collation"] if row["name"] == "ucs_basic" and row not in kept]
        oid = FIRST_USER_OID - 100
        for name in LIBC_COLLATIONS:
            libc.append(dict(oid=oid, name=name, schema=11, deterministic=True, provider="c"))
            oid += 1
        self.rows["pg_collation"] = kept + libc

    def owner(self, oid):
        """None for PostgreSQL, else the extension during whose creation the OID was given out."""
        if oid < FIRST_USER_OID:
            return None
        return next(name for first, last, name in self.ranges if first < oid < last)

    def number(self):
        """New numbers: of PostgreSQL's objects, and of each extension's own."""
        self.numbers = {}  # (catalog, OID) to (owner, number)
        self.by_oid = {}
        self.nlocals = {}
        next_builtin = FIRST_RENUMBERED
        for catalog in QUERIES:
            for row in sorted(self.rows[catalog], key=lambda row: row["oid"]):
                oid, owner = row["oid"], self.owner(row["oid"])
                if owner is None:
                    if oid < FIRST_INITDB_OID:
                        number = oid
                    elif (catalog, row["name"] if "name" in row else "") in FIXED:
                        number = FIXED[(catalog, row["name"])]
                    else:
                        number = next_builtin
                        next_builtin += 1
                elif catalog == "pg_namespace" and row["name"] == f"x_{owner}":
                    number = REFERENCE_SCHEMA
                elif catalog == "pg_extension" and row["name"] == owner:
                    number = REFERENCE_EXTENSION
                else:
                    number = self.nlocals.get(owner, FIRST_LOCAL)
                    self.nlocals[owner] = number + 1
                self.numbers[(catalog, oid)] = (owner, number)
                if oid >= FIRST_INITDB_OID and self.by_oid.setdefault(oid, (owner, number)) != (owner, number):
                    sys.exit(f"gen-catalog: OID {oid} stands for more than one object")
        if next_builtin >= FIRST_USER_OID - 100:
            sys.exit("gen-catalog: no numbers left for what initdb creates")

    def reference(self, oid, owner):
        """The number by which an object of owner's set names another object."""
        if oid < FIRST_INITDB_OID:
            return oid
        target, number = self.by_oid[oid]
        if target is None:
            return number
        if target == owner:
            return FIRST_USER_OID + number
        nth = self.extensions[owner]["requires"].index(target) + 1
        return (nth << REFERENCE_SHIFT) + FIRST_USER_OID + number

    def of(self, catalog, owner):
        return [row for row in self.rows[catalog] if self.owner(row["oid"]) == owner]
