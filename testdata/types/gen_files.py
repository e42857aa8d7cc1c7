cols=[ # name, type, literal1, literal2
('bo','bool',"true"),('i2','int2',"-32768"),('i4','int4',"2147483647"),('i8','int8',"-9223372036854775808"),
('f4','float4',"'NaN'"),('f8','float8',"'-Infinity'"),('n','numeric',"'-123456789012345678901234567890.0001'"),
('money','money',"'-1.05'"),('t','text',"'caf\u00e9'"),('v','varchar(20)',"'x'"),('c','char(5)',"'ab'"),('ch','"char"',"'z'"),
('nm','name',"'nm'"),('by','bytea',"'\\x00ff'"),('u','uuid',"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
('d','date',"'4714-11-24 BC'"),('ti','time',"'24:00'"),('tz','timetz',"'23:59:59.999999-15:59'"),
('ts','timestamp',"'294276-12-31 23:59:59.999999'"),('tstz','timestamptz',"'infinity'"),
('iv','interval',"'1 year -2 mons 3 days -04:05:06.789'"),('j','json',"'{\"a\":1}'"),('jb','jsonb',"'{\"a\":[1,null]}'"),
('jp','jsonpath',"'$.a'"),('x','xml',"'<a/>'"),('inet','inet',"'10.1.2.3/8'"),('cidr','cidr',"'2001:4f8:3:ba::/64'"),
('mac','macaddr',"'08:00:2b:01:02:03'"),('mac8','macaddr8',"'08:00:2b:01:02:03:04:05'"),('mac8s','macaddr8[]',"'{08:00:2b:01:02:03:04:05,NULL}'"),
('bits','bit(9)',"B'101010101'"),('vbits','varbit',"B'101'"),
('o','oid',"4294967295"),('rc','regclass',"'pg_class'"),('xi','xid',"'7'"),('x8','xid8',"'18446744073709551615'"),('ci','cid',"'7'"),('tid','tid',"'(1,2)'"),
('lsn','pg_lsn',"'16/B374D848'"),
('pt','point',"'(1,2)'"),('ln','line',"'{1,2,3}'"),('ls','lseg',"'[(1,2),(3,4)]'"),('bx','box',"'(3,4),(1,2)'"),('pa','path',"'[(1,2),(3,4)]'"),
('po','polygon',"'((1,2),(3,4),(5,6))'"),('cc','circle',"'<(1,2),3>'"),
('r4','int4range',"'[1,5)'"),('r8','int8range',"'(,7)'"),('rn','numrange',"'[1.5,2.50]'"),('rts','tsrange',"'empty'"),('rtz','tstzrange',"'[2024-01-01 00:00+00,)'"),('rd','daterange',"'[2024-01-01,2024-12-31)'"),
('m4','int4multirange',"'{[1,3),[5,9)}'"),('mn','nummultirange',"'{[1.5,3),(5,9]}'"),('md','datemultirange',"'{}'"),
('tv','tsvector',"'a:1A b:2'"),('tq','tsquery',"'a & !b'"),
('ct','citext',"'Ab'"),('lt','ltree',"'Top.Science'"),('hs','hstore',"'a=>1, b=>NULL'"),('secret','cube',"'(3)'"),
('mood','mood',"'o k'"),('dom','positive',"7"),('comp','pair',"ROW(1, 'a', '[1,2)', ARRAY['sad', NULL]::mood[])"),
('fr','floatrange',"'[1.5,2.5]'"),('fm','floatmultirange',"'{[1,2),[3,4)}'"),('pr','pairrange',"'empty'"),
('i4s','int4[]',"'{{1,NULL},{3,4}}'"),('texts','text[]',"ARRAY['', NULL, 'a\"b']"),('moods','mood[]',"'{sad,NULL}'"),('doms','positive[]',"'{1,2}'"),
('comps','pair[]',"ARRAY[ROW(NULL, 'x', NULL, NULL)::pair, NULL]"),('pts','point[]',"'{\"(1,2)\",NULL}'"),('rs','int4range[]',"'{\"[1,2)\",NULL,empty}'"),
('frs','floatrange[]',"'{\"[1,2)\"}'"),('tvs','tsvector[]',"ARRAY['a:1'::tsvector, NULL]"),('hss','hstore[]',"ARRAY['a=>1'::hstore, NULL]"),('dates','date[]',"'{2024-01-01,infinity}'"),
]
s='''-- Every type there is: written by gen_files.py, with the queries and what the program does with each column.
CREATE EXTENSION citext;
CREATE EXTENSION ltree;
CREATE EXTENSION hstore;
CREATE EXTENSION cube;
CREATE TYPE mood AS ENUM ('sad', 'o k', 'h"appy');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TYPE pair AS (x positive, y text, r int4range, m mood[]);
CREATE TYPE floatrange AS RANGE (subtype = float8, multirange_type_name = floatmultirange);
CREATE TYPE pairrange AS RANGE (subtype = pair);
CREATE TABLE things (
    id int PRIMARY KEY,
'''
s+=',\n'.join(f'    {n} {t}' for n,t,_ in cols)+'\n);\n'
s+='CREATE TABLE shown (id int PRIMARY KEY, cube cube NOT NULL, day date NOT NULL, tags text[] NOT NULL, n numeric NOT NULL);\n'
s+='CREATE FUNCTION minmax(int[], OUT lowest int, OUT highest int) LANGUAGE sql IMMUTABLE AS $$ SELECT min(i), max(i) FROM unnest($1) i $$;\n'
s+='CREATE TABLE shown_names (id int PRIMARY KEY, name text NOT NULL, born timestamptz);\n'
open('schema.sql','w').write(s)
more = '''INSERT INTO shown_names VALUES (2, 'second', '0044-03-15 12:00:00.5+00 BC');
-- What JSON has to get right, and then values of every size.
INSERT INTO things (id, f4, f8, n, t, ch, by, d, ts, tstz, tz, j, jb, pt, pa, rn, rts, rtz, rd, pr, comp, texts, i4s, dates, hs, comps)
VALUES (1000, 'Infinity', '-0', 'NaN', E'\\n\\t"\\\\\\u0001\\U0001F600', '', '', 'infinity', '-infinity', '0044-03-15 12:00:00.5+00 BC', '00:00:00+05:30',
    '{"a": 1.5e300, "b": [9007199254740993, "1234567890123456789012"], "b": -9223372036854775808, "c": "\\\\\\""}',
    '[0.1, -0.0, 1e-300]', '(1e300,-1e-300)', '((0.1,-0),(NaN,Infinity))', '(,NaN]',
    '["0044-03-15 12:00 BC",infinity)', '[2024-01-01 00:00+00,2024-01-01 00:00:00.1+00]', '(,)',
    pairrange(ROW(1, E'a "b" \\\\ c,', NULL, ARRAY['sad', 'o k', 'h"appy', NULL]::mood[])::pair, ROW(1, 'z', 'empty', '{}')::pair, '[]'), '(,"",,)',
    '{{NULL,"null",""},{a b,"{}",","}}', '[0:1][5:5]={{1},{2}}', '{}', 'a=>"x\\"\\\\y", ""=>NULL', '{}');
INSERT INTO things (id, i2, i4, i8, f4, f8, n, d, ti, ts, tstz, iv, o, x8, lsn, pt, cc, bits, u, r8, rn, m4, fr)
SELECT 1000 + i, random() * 1000, random() * 1e9, random() * 9e18, random() * 10 ^ (random() * 70 - 35),
    random() * 10 ^ (random() * 600 - 300), (random() * 10 ^ (random() * 18))::numeric, date '2000-01-01' + (random() * 2e6 - 7e5)::int,
    time '0:00' + random() * interval '1 day', timestamp '2000-01-01' + random() * interval '9000 years' - interval '3000 years',
    timestamptz '2000-01-01' + random() * interval '9000 years' - interval '3000 years', random() * interval '1000 days',
    (random() * 4e9)::int8::oid, ((random() * 9e18)::int8::text)::xid8, '0/0'::pg_lsn + (random() * 9e18)::numeric,
    point(random() * 10 ^ (random() * 30 - 15), round((random() * 100)::numeric, 2)::float8), circle(point(i, 1.0 / i), i),
    (random() * 511)::int::bit(9), md5(i::text)::uuid, int8range((random() * 100)::int8, 100 + (random() * 100)::int8),
    numrange(i, i + round(random()::numeric, 3)), int4multirange(int4range(i, i + 3), int4range(i + 5, i + 9)), floatrange(random(), 1 + random())
FROM (SELECT setseed(0.5)) s, generate_series(1, 300) i;
'''
open('data.sql','w').write("INSERT INTO shown VALUES (1, '(1, 2)', '2024-02-29', '{a,NULL}', 1.50);\n" + 'INSERT INTO things VALUES (1,\n'+',\n'.join('    '+l for _,_,l in cols)+');\nINSERT INTO things (id) VALUES (2);\n' + more)
names=', '.join(n for n,_,_ in cols)
plain=[n for n,_,_ in cols if n not in ('tv','tq','tvs')]
bulk=[(n,t) for n,t,_ in cols if not t.endswith('[]') and n != 'comp'] # a composite's attributes would be columns
args=lambda ns:', '.join(f'${i+2}' for i,_ in enumerate(ns))
q=f'''-- name: ListThings :many
SELECT * FROM things WHERE id < 100 ORDER BY id;

-- name: GetThings :batchone
SELECT * FROM things WHERE id = $1;

-- name: AddThing :execrows
INSERT INTO things (id, {names}) VALUES ($1, {args([n for n,_,_ in cols])});

-- name: AddThings :batchexec
INSERT INTO things (id, {names}) VALUES ($1, {args([n for n,_,_ in cols])});

-- name: CopyThings :copyfrom
INSERT INTO things (id, {', '.join(plain)}) VALUES ($1, {args(plain)});

-- name: BulkThings :bulkexec
INSERT INTO things (id, {', '.join(n for n,_ in bulk)})
SELECT * FROM unnest(@id::int[], {', '.join(f'@{n}::{t}[]' for n,t in bulk)});

-- name: GetShown :one
-- In text format, which is all that is known of a cube.
SELECT * FROM shown WHERE id = $1;

-- name: CountDifferent :one
-- Rows that are not what the row below the offset is, but for what COPY can't take.
SELECT count(*) FROM things a LEFT JOIN things b ON b.id = a.id + @distance::int
WHERE a.id < 100
  AND (to_jsonb(a) - 'id' - @without::text[]) IS DISTINCT FROM (to_jsonb(b) - 'id' - @without::text[]);

-- name: WhichDiffer :many
SELECT o.key FROM things a JOIN things b ON b.id = a.id + @distance::int, jsonb_each_text(to_jsonb(a)) o
WHERE a.id < 100 AND o.key <> 'id' AND o.value IS DISTINCT FROM to_jsonb(b) ->> o.key;
'''
open('queries/things.sql','w').write(q)
ptr={'text','const char *'}
textual={'text','varchar(20)','char(5)','name','json','jsonb','jsonpath','xml','citext','ltree','tsvector','tsquery'}
def member(n,t):
    if t in textual: return f'    .{n} = row->{n},'
    return f'    .{n} = row->has_{n} ? &row->{n} : NULL,'
def lst(ns): return ' \\\n'.join(member(n,t) for n,t,_ in cols if n in ns)
c='''/* The members of a parameter struct from a row: written by gen_files.py. */
#define COPIED_MEMBERS \\
%s
#define ALL_MEMBERS \\
    COPIED_MEMBERS \\
%s
#define BULK_MEMBERS \\
%s
''' % (lst(plain), lst(['tv','tq','tvs']), lst([n for n,_ in bulk]))
open('members.h','w').write(c)
