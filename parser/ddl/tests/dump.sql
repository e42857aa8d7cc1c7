-- The lines of dump.c, asked of a server.
WITH ns AS (
    SELECT oid, CASE WHEN oid = pg_my_temp_schema() THEN 'pg_temp' ELSE nspname::text END AS name
    FROM pg_namespace
    WHERE nspname !~ '^pg_(catalog|toast)' AND nspname <> 'information_schema'
      AND (nspname !~ '^pg_temp' OR oid = pg_my_temp_schema())
), rel AS (
    SELECT c.*, ns.name || '.' || c.relname AS name FROM pg_class c JOIN ns ON ns.oid = c.relnamespace
), typ AS (
    SELECT t.*, ns.name || '.' || t.typname AS name FROM pg_type t JOIN ns ON ns.oid = t.typnamespace
), fun AS (
    SELECT p.*, ns.name || '.' || p.proname AS name,
           (SELECT coalesce(string_agg(format_type(a, NULL), ',' ORDER BY n), '')
            FROM unnest(p.proargtypes) WITH ORDINALITY AS u(a, n)) AS args
    FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace
), lines AS (
    SELECT 'schema ' || name AS line FROM ns WHERE name NOT IN ('public', 'pg_temp')
  UNION ALL
    SELECT format('relation %s kind=%s persistence=%s of=%s partition=%s parents=%s key=%s populated=%s security=%s%s',
        name, relkind, relpersistence, CASE WHEN reloftype = 0 THEN '-' ELSE format_type(reloftype, NULL) END,
        relispartition,
        (SELECT string_agg(p.name, ',' ORDER BY inhseqno) FROM pg_inherits JOIN rel p ON p.oid = inhparent
         WHERE inhrelid = rel.oid),
        coalesce((SELECT partstrat::text FROM pg_partitioned_table WHERE partrelid = rel.oid), '-'),
        relispopulated, relrowsecurity, ' -- ' || obj_description(oid, 'pg_class'))
    FROM rel WHERE relkind IN ('r', 'v', 'm', 'f', 'p', 'c')
  UNION ALL
    SELECT format('column %s.%s %s %s notnull=%s default=%s identity=%s generated=%s inherited=%s local=%s collation=%s%s',
        name, attname, attnum, format_type(atttypid, atttypmod), attnotnull, atthasdef,
        coalesce(nullif(attidentity::text, ''), '-'), coalesce(nullif(attgenerated::text, ''), '-'), attinhcount,
        attislocal, coalesce((SELECT collname::text FROM pg_collation WHERE oid = attcollation), '-'),
        ' -- ' || col_description(rel.oid, attnum))
    FROM rel JOIN pg_attribute ON attrelid = rel.oid
    WHERE relkind IN ('r', 'v', 'm', 'f', 'p', 'c') AND attnum > 0 AND NOT attisdropped
  UNION ALL
    SELECT format('constraint %s %s %s(%s) deferrable=%s deferred=%s validated=%s inherited=%s local=%s noinherit=%s%s',
        rel.name, conname, contype,
        CASE WHEN contype <> 'c' THEN (SELECT string_agg(coalesce(attname, 'expr'), ',' ORDER BY n)
            FROM unnest(conkey) WITH ORDINALITY AS u(k, n)
            LEFT JOIN pg_attribute ON attrelid = conrelid AND attnum = k AND attnum > 0) END,
        condeferrable, condeferred, convalidated, coninhcount, conislocal, connoinherit,
        CASE WHEN contype = 'f' THEN format(' -> %s(%s) %s%s%s', (SELECT name FROM rel WHERE oid = confrelid),
            (SELECT string_agg(attname, ',' ORDER BY n) FROM unnest(confkey) WITH ORDINALITY AS u(k, n)
             JOIN pg_attribute ON attrelid = confrelid AND attnum = k), confupdtype, confdeltype, confmatchtype) END)
    FROM rel JOIN pg_constraint con ON conrelid = rel.oid
    WHERE contype <> 't'
      AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.oid = con.conparentid AND p.conrelid = con.conrelid)
  UNION ALL
    SELECT format('trigger %s %s %s%s%s%s%s%s%s enabled=%s %s', rel.name, tgname,
        CASE WHEN tgtype & 2 <> 0 THEN 'before' END, CASE WHEN tgtype & 64 <> 0 THEN 'instead' END,
        CASE WHEN tgtype & 1 <> 0 THEN ' row' END, CASE WHEN tgtype & 4 <> 0 THEN ' insert' END,
        CASE WHEN tgtype & 16 <> 0 THEN ' update' END, CASE WHEN tgtype & 8 <> 0 THEN ' delete' END,
        CASE WHEN tgtype & 32 <> 0 THEN ' truncate' END, tgenabled <> 'D', proname)
    FROM rel JOIN pg_trigger ON tgrelid = rel.oid JOIN pg_proc p ON p.oid = tgfoid
    WHERE NOT tgisinternal OR tgparentid <> 0 AND proname !~ '^RI_'
  UNION ALL
    SELECT format('rule %s %s %s instead=%s enabled=%s', rel.name, rulename, ev_type, is_instead, ev_enabled <> 'D')
    FROM rel JOIN pg_rewrite ON ev_class = rel.oid WHERE rulename <> '_RETURN'
  UNION ALL
    SELECT format('policy %s %s', rel.name, polname) FROM rel JOIN pg_policy ON polrelid = rel.oid
  UNION ALL
    SELECT format('sequence %s %s owner=%s', name, format_type(seqtypid, NULL),
        coalesce((SELECT o.name || '.' || attname FROM pg_depend JOIN rel o ON o.oid = refobjid
            JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
            WHERE classid = 'pg_class'::regclass AND objid = rel.oid AND refclassid = 'pg_class'::regclass
              AND refobjsubid > 0 AND deptype IN ('a', 'i')), '-'))
    FROM rel JOIN pg_sequence ON seqrelid = rel.oid
  UNION ALL
    SELECT format('index %s on %s(%s) keys=%s%s unique=%s primary=%s exclusion=%s immediate=%s nnd=%s predicate=%s '
            'constraint=%s parent=%s%s', rel.name, t.name,
        (SELECT string_agg(coalesce(attname, 'expr'), ',' ORDER BY n)
         FROM unnest(indkey) WITH ORDINALITY AS u(k, n)
         LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = k AND attnum > 0),
        indnkeyatts,
        (SELECT string_agg(format(' %s/%s', opcname, indoption[n - 1]), '' ORDER BY n)
         FROM unnest(indclass) WITH ORDINALITY AS u(o, n) JOIN pg_opclass c ON c.oid = o),
        indisunique, indisprimary, indisexclusion, indimmediate, indnullsnotdistinct, indpred IS NOT NULL,
        EXISTS (SELECT FROM pg_constraint WHERE conindid = rel.oid AND contype IN ('p', 'u', 'x')),
        coalesce((SELECT p.name FROM pg_inherits JOIN rel p ON p.oid = inhparent WHERE inhrelid = rel.oid), '-'),
        ' -- ' || obj_description(rel.oid, 'pg_class'))
    FROM rel JOIN pg_index ON indexrelid = rel.oid JOIN rel t ON t.oid = indrelid
  UNION ALL
    SELECT format('type %s %s%s defined=%s array=%s element=%s base=%s ndims=%s notnull=%s default=%s collation=%s%s',
        name, typtype, typcategory, typisdefined,
        coalesce((SELECT typname::text FROM pg_type a WHERE a.oid = typ.typarray), '-'),
        CASE WHEN typelem = 0 THEN '-' ELSE format_type(typelem, NULL) END,
        CASE WHEN typbasetype = 0 THEN '-' ELSE format_type(typbasetype, typtypmod) END, typndims, typnotnull,
        typdefault IS NOT NULL, coalesce((SELECT collname::text FROM pg_collation WHERE oid = typcollation), '-'),
        ' -- ' || obj_description(oid, 'pg_type'))
    FROM typ
  UNION ALL
    SELECT format('label %s %s %s', name, to_char(row_number() OVER (PARTITION BY enumtypid ORDER BY enumsortorder) - 1,
        'FM00'), enumlabel) FROM typ JOIN pg_enum ON enumtypid = typ.oid
  UNION ALL
    SELECT format('check %s %s validated=%s', name, conname, convalidated)
    FROM typ JOIN pg_constraint ON contypid = typ.oid
  UNION ALL
    SELECT format('range %s %s %s', name, format_type(rngsubtype, NULL), format_type(rngmultitypid, NULL))
    FROM typ JOIN pg_range ON rngtypid = typ.oid
  UNION ALL
    SELECT format('function %s(%s) %s returns %s set=%s strict=%s %s defaults=%s variadic=%s all=(%s) names=(%s)%s',
        name, args, prokind, format_type(prorettype, NULL), proretset, proisstrict, provolatile, pronargdefaults,
        CASE WHEN provariadic = 0 THEN '-' ELSE format_type(provariadic, NULL) END,
        (SELECT string_agg(format('%s %s', m, format_type(proallargtypes[n], NULL)), ',' ORDER BY n)
         FROM unnest(proargmodes) WITH ORDINALITY AS u(m, n)),
        array_to_string(proargnames, ','), ' -- ' || obj_description(oid, 'pg_proc'))
    FROM fun
  UNION ALL
    SELECT format('aggregate %s(%s) %s direct=%s state=%s initial=%s', name, args, aggkind, aggnumdirectargs,
        format_type(aggtranstype, NULL), agginitval IS NOT NULL)
    FROM fun JOIN pg_aggregate ON aggfnoid = fun.oid
  UNION ALL
    SELECT format('operator %s.%s(%s,%s) %s %s commutator=%s negator=%s', ns.name, oprname,
        CASE WHEN oprleft = 0 THEN '-' ELSE format_type(oprleft, NULL) END, format_type(oprright, NULL),
        format_type(oprresult, NULL), (SELECT proname FROM pg_proc p WHERE p.oid = oprcode),
        coalesce((SELECT c.oprname::text FROM pg_operator c WHERE c.oid = o.oprcom), '-'),
        coalesce((SELECT c.oprname::text FROM pg_operator c WHERE c.oid = o.oprnegate), '-'))
    FROM pg_operator o JOIN ns ON ns.oid = o.oprnamespace WHERE oprcode <> 0
)
SELECT line FROM lines ORDER BY line COLLATE "C";
