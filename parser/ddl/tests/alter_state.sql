-- What test_alter.c prints of the catalog, as PostgreSQL has it.
\pset format unaligned
\pset tuples_only on
select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attcollation <> t.typcollation then ' collate ' || l.collname else '' end
    || case when a.attnotnull then ' not null' else '' end
    || case when a.atthasdef and a.attgenerated = '' then ' default' else '' end
    || case when a.attgenerated <> '' then ' generated' else '' end
    || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity' else '' end
    || case when not a.attislocal or a.attinhcount > 0
       then ' inherited ' || a.attinhcount || case when a.attislocal then ' local' else '' end else '' end
from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    left join pg_collation l on l.oid = a.attcollation
where c.relkind in ('r', 'p', 'v', 'c') and c.relnamespace = 'public'::regnamespace and a.attnum > 0
    and not a.attisdropped
order by c.relname collate "C", a.attnum;
select r.relname || ': ' || n.conname || ' ' || n.contype::text || ' ('
    || (select coalesce(string_agg(a.attname, ', ' order by k.n), '') from unnest(n.conkey) with ordinality k (number, n)
        join pg_attribute a on a.attrelid = r.oid and a.attnum = k.number) || ')'
    || case when n.condeferrable then ' deferrable' else '' end
    || case when n.condeferred then ' deferred' else '' end
    || case when not n.convalidated then ' not valid' else '' end
    || case when n.contype = 'c' and n.connoinherit then ' no inherit' else '' end
    || case when not n.conislocal or n.coninhcount > 0
       then ' inherited ' || n.coninhcount || case when n.conislocal then ' local' else '' end else '' end
from pg_constraint n join pg_class r on r.oid = n.conrelid
where n.connamespace = 'public'::regnamespace
    -- what PostgreSQL makes for a partition on the referenced side of a foreign key
    and not exists (select from pg_constraint p where p.oid = n.conparentid and p.conrelid = n.conrelid)
order by r.relname collate "C", n.conname collate "C";
select i.relname || ' on ' || r.relname || ' ('
    || (select string_agg(case when k.number = 0 then 'expression' else a.attname end
            || coalesce(' ' || (select opcname from pg_opclass where oid = x.indclass[k.n - 1]), '')
            || coalesce(' ' || (select collname from pg_collation
                where oid = x.indcollation[k.n - 1] and collname <> 'default'), ''), ', ' order by k.n)
        from unnest(x.indkey::int2[]) with ordinality k (number, n)
        left join pg_attribute a on a.attrelid = r.oid and a.attnum = k.number) || ')'
    || case when x.indisprimary then ' primary' when x.indisunique then ' unique' else '' end
    || case when x.indpred is not null then ' partial' else '' end
    || case when i.relispartition then ' partition' else '' end
from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class r on r.oid = x.indrelid
where i.relnamespace = 'public'::regnamespace
order by i.relname collate "C";
select c.relname || ' ' || format_type(s.seqtypid, null) from pg_sequence s join pg_class c on c.oid = s.seqrelid
where c.relnamespace = 'public'::regnamespace order by c.relname collate "C";
