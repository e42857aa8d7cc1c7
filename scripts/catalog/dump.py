"""Reads the system catalogs of a database that has every extension of postgresql-contrib.

Each extension is in a schema of its own. An object belongs to PostgreSQL when its OID is below 16384, else to the
extension during whose creation its OID was given out.

What PostgreSQL's build and initdb number as they go (from 10000 on: row types of system catalogs, operator classes, casts;
from 12000 on: the information schema, system views, collations) has other OIDs in every version, and some depend on
the machine's locales. Such an object is given one number for all versions, known by its name or by what it is made of, so
that its records are equal where the object is."""

import re
import sys

FIRST_USER_OID = 16384
FIRST_UNSTABLE_OID = 10000  # from here on numbers are not PostgreSQL's promise
FIRST_INITDB_OID = 12000
# What the compiler names has a number of its own, the rest is numbered from here on.
FIXED = {("pg_namespace", "information_schema"): 12001, ("pg_language", "plpgsql"): 12002,
         ("pg_extension", "plpgsql"): 12003}
FIRST_RENUMBERED = 12100
REFERENCE_SHIFT = 24
REFERENCE_SCHEMA, REFERENCE_EXTENSION, FIRST_LOCAL = 0, 1, 2

# Collations of the C library depend on the machine. These are on PostgreSQL's official server images.
LIBC_COLLATIONS = ["C.utf8", "en_US", "en_US.utf8"]

# What PostGIS consists of, the version that is dumped and the server that it is dumped from (Debian's
# postgresql-15-postgis-3). It has the same objects on other servers.
POSTGIS = ["address_standardizer", "address_standardizer_data_us", "postgis", "postgis_raster", "postgis_sfcgal",
           "postgis_tiger_geocoder", "postgis_topology"]
POSTGIS_VERSION, POSTGIS_SERVER = "3.3.2", 15
PUBLIC = 2200

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
        conkey as columns from pg_constraint where conrelid <> 0 and contype <> 'n'""",
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
    # {nulls_not_distinct}: since 15
    "pg_index": """select indexrelid as relation, indrelid as table, indnatts as ncolumns, indnkeyatts as nkeys,
        indisunique as is_unique, indisprimary as is_primary, indimmediate as immediate,
        {nulls_not_distinct} as nulls_not_distinct, indkey::int2[] as columns, indclass::oid[]::int8[] as opclasses,
        indcollation::oid[]::int8[] as collations, indoption::int2[] as options,
        indexprs is not null or indpred is not null as special from pg_index""",
    "pg_amop": """select oid, amopfamily as family, amoplefttype as left, amoprighttype as right,
        amopstrategy as strategy, amoppurpose as purpose, amopopr as op, amopsortfamily as sort_family
        from pg_amop""",
    "pg_amproc": """select oid, amprocfamily as family, amproclefttype as left, amprocrighttype as right,
        amprocnum as number, amproc::oid as function from pg_amproc""",
}

# Catalogs that columns refer to by OID.
REFERENCED = ("pg_namespace", "pg_type", "pg_class", "pg_proc", "pg_operator", "pg_collation", "pg_opclass", "pg_opfamily",
              "pg_am", "pg_language", "pg_constraint")

PLAIN = ("typmod", "len", "ndims")  # numbers that are no OIDs

NAMED = {"pg_extension": "CLASS_EXTENSION", "pg_language": "CLASS_LANGUAGE", "pg_am": "CLASS_ACCESS_METHOD",
         "pg_conversion": "CLASS_CONVERSION", "pg_ts_config": "CLASS_TS_CONFIG", "pg_ts_dict": "CLASS_TS_DICT",
         "pg_ts_parser": "CLASS_TS_PARSER", "pg_ts_template": "CLASS_TS_TEMPLATE",
         "pg_foreign_data_wrapper": "CLASS_FDW", "pg_event_trigger": "CLASS_EVENT_TRIGGER"}


class Numbers:
    """The numbers of objects whose OIDs differ between versions. The first version keeps those of its build."""

    def __init__(self, first):
        self.first, self.given, self.next_builtin, self.nlocals = first, {}, FIRST_RENUMBERED, {}

    def builtin(self, version, catalog, key, oid):
        if (catalog, key) not in self.given:
            if (catalog, key[0]) in FIXED:
                number = FIXED[(catalog, key[0])]
            elif version == self.first and oid < FIRST_INITDB_OID:
                number = oid
            else:
                number = self.next_builtin
                self.next_builtin += 1
            if self.next_builtin >= FIRST_USER_OID - 100:
                sys.exit("gen-catalog: no numbers left for what initdb creates")
            self.given[(catalog, key)] = number
        return self.given[(catalog, key)]

    def local(self, owner, catalog, key):
        given = self.given.setdefault(owner, {})
        if (catalog, key) not in given:
            given[(catalog, key)] = self.nlocals[owner] = self.nlocals.get(owner, FIRST_LOCAL - 1) + 1
        return given[(catalog, key)]


class Dump:
    """Rows of the catalogs, and which extension each OID belongs to."""

    def __init__(self, cluster, version, postgis=False):
        """postgis: PostGIS and what it requires instead of contrib. Its parts find each other in "public" only."""
        self.postgis = postgis
        self.version, self.shared = version, range(0)
        self.create_extensions(cluster)
        places = {"{nulls_not_distinct}": "indnullsnotdistinct" if version >= 15 else "false"}
        self.rows = {}
        for name, sql in {**QUERIES, **PARTS}.items():
            for place, text in places.items():
                sql = sql.replace(place, text)
            self.rows[name] = cluster.rows(sql)
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

    def create_extensions(self, cluster):
        condition = "v.name !~ '^(postgis|address_standardizer)|pl(perl|python|tcl)'"
        if self.postgis:
            names = ", ".join(f"'{name}'" for name in POSTGIS)
            condition = f"(v.name in ({names}) and v.version = '{POSTGIS_VERSION}' or v.name = 'fuzzystrmatch')"
        cluster.psql("create database catalog template template0", "postgres")
        self.extensions = {row["name"]: row for row in cluster.rows(
            f"""select v.name, v.version, v.relocatable, v.schema, coalesce(v.requires, '{{}}') as requires,
                array(select version from pg_available_extension_versions o where o.name = v.name
                      order by version) as versions,
                array(select unnest(array[source, target]) from pg_extension_update_paths(v.name) where path is not null
                      order by source, target) as updates
                from pg_available_extension_versions v join pg_available_extensions e
                on e.name = v.name and e.default_version = v.version
                where v.name <> 'plpgsql' and {condition} order by v.name""")}
        self.ranges = []  # (first OID, last OID, extension), in order of creation
        pending = sorted(self.extensions)
        while pending:
            name = next(n for n in pending if not set(self.extensions[n]["requires"]) & set(pending))
            pending.remove(name)
            schema = "" if self.extensions[name]["schema"] else f'create schema "x_{name}";'
            place = "" if self.extensions[name]["schema"] else f'schema "x_{name}"'
            if self.postgis:
                schema, place = "", ""
            output = cluster.psql(f"""create schema "mark_{name}_0"; {schema} create extension "{name}" {place};
                create schema "mark_{name}_1";
                select oid::int8 from pg_namespace where nspname in ('mark_{name}_0', 'mark_{name}_1') order by 1""")
            first, last = output.split()
            self.ranges.append((int(first), int(last), name))

    def fix_collations(self):
        """Of the machine's collations, keeps what is everywhere; those of ICU depend on its version and are taken from the
        first dump (see share_collations)."""
        kept = [row for row in self.rows["pg_collation"] if row["provider"] != "c" or row["oid"] < FIRST_INITDB_OID]
        libc = [row for row in self.rows["pg_collation"] if row["name"] == "ucs_basic" and row not in kept]
        oid = FIRST_USER_OID - 100
        for name in LIBC_COLLATIONS:
            libc.append(dict(oid=oid, name=name, schema=11, deterministic=True, provider="c"))
            oid += 1
        self.rows["pg_collation"] = kept + libc

    def share_collations(self, first):
        """Takes ICU's locales from another dump. Nothing but the database's default has them as its collation."""
        def locale(row):
            return row["provider"] == "i" and FIRST_INITDB_OID <= row["oid"] < FIRST_USER_OID

        own = [row for row in self.rows["pg_collation"] if not locale(row)]
        taken = max(row["oid"] for rows in self.rows.values() for row in rows if "oid" in row) + 1
        locales = [{**row, "oid": taken + i} for i, row in enumerate(filter(locale, first.rows["pg_collation"]))]
        self.shared = range(taken, taken + len(locales))
        self.rows["pg_collation"] = own + locales

    def owner(self, oid):
        """None for PostgreSQL, else the extension during whose creation the OID was given out."""
        if oid < FIRST_USER_OID or oid in self.shared:
            return None
        return next(name for first, last, name in self.ranges if first < oid < last)

    def keys(self):
        """(catalog, OID) to what an object is known by in every version: its name, with that of what it is in."""
        names = {}
        for catalog in QUERIES:
            for row in self.rows[catalog]:
                names[(catalog, row["oid"])] = row.get("name")
        # (column, catalog it refers to) that tell objects of one name apart
        parts = {"pg_cast": (("source", "pg_type"), ("target", "pg_type")), "pg_constraint": (("relation", "pg_class"),),
                 "pg_rewrite": (("relation", "pg_class"),), "pg_opclass": (("access_method", "pg_am"),),
                 "pg_opfamily": (("access_method", "pg_am"),), "pg_operator": (("left", "pg_type"), ("right", "pg_type"))}
        for catalog in QUERIES:
            for row in self.rows[catalog]:
                schema = names[("pg_namespace", row["schema"])] if "schema" in row else None
                more = [names.get((of, row[column])) for column, of in parts.get(catalog, ())]
                yield (catalog, row["oid"]), (row.get("name"), schema, *more, *row.get("signature", ()))

    def number(self, numbers):
        """Gives every object its number. In the order of OIDs, so that the first dump's order decides."""
        self.numbers = {}  # (catalog, OID) to (owner, number)
        keys = dict(self.keys())
        if len({(catalog, key) for (catalog, _), key in keys.items()}) < len(keys):
            sys.exit("gen-catalog: two objects are known by the same key")
        for catalog in QUERIES:
            for row in sorted(self.rows[catalog], key=lambda row: row["oid"]):
                oid, owner = row["oid"], self.owner(row["oid"])
                key = keys[(catalog, oid)]
                if owner is None:
                    number = oid if oid < FIRST_UNSTABLE_OID else numbers.builtin(self.version, catalog, key, oid)
                elif catalog == "pg_namespace" and row["name"] in (f"x_{owner}", self.extensions[owner]["schema"]):
                    number = REFERENCE_SCHEMA
                elif catalog == "pg_extension" and row["name"] == owner:
                    number = REFERENCE_EXTENSION
                else:
                    number = numbers.local(owner, catalog, key)
                self.numbers[(catalog, oid)] = (owner, number)

    def reference(self, catalog, oid, owner):
        """The number by which an object of owner's set names another object."""
        if self.postgis and owner and catalog == "pg_namespace" and oid == PUBLIC:
            return FIRST_USER_OID + REFERENCE_SCHEMA
        if oid < FIRST_UNSTABLE_OID:
            return oid
        target, number = self.numbers[(catalog, oid)]
        if target is None:
            return number
        if target == owner:
            return FIRST_USER_OID + number
        nth = self.extensions[owner]["requires"].index(target) + 1
        return (nth << REFERENCE_SHIFT) + FIRST_USER_OID + number

    def of(self, catalog, owner):
        return [row for row in self.rows[catalog] if self.owner(row["oid"]) == owner]

    def described(self):
        """Catalog to its rows in order, objects named instead of numbered where numbers differ between builds."""
        keys = {(catalog, oid): list(map(str, key)) for (catalog, oid), key in self.keys()}
        result = {}
        for catalog, rows in self.rows.items():
            described = []
            for row in rows:
                if "oid" in row and row["oid"] in self.shared:
                    continue
                described.append({column: self.describe(keys, column, value) for column, value in row.items()
                                  if column != "oid" or value < FIRST_UNSTABLE_OID})
            if catalog == "pg_collation":  # but for the machine's locales
                described = [row for row in described if row["provider"] != "i" or "oid" in row]
            result[catalog] = sorted(described, key=repr)
        return result

    @staticmethod
    def describe(keys, column, value):
        if isinstance(value, list):
            return [Dump.describe(keys, column, item) for item in value]
        if column in PLAIN or not isinstance(value, int) or isinstance(value, bool) or value < FIRST_UNSTABLE_OID:
            return value
        return next((keys[(catalog, value)] for catalog in REFERENCED if (catalog, value) in keys), value)
