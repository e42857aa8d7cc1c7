-- Statements that PostgreSQL 14 to 18 do not all answer alike; run-versions says what happens with them.
CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, amount numeric(10,2), doc jsonb NOT NULL, raw json, tags text[] NOT NULL);
CREATE TABLE u (id text, other int);
CREATE VIEW v AS SELECT id, name FROM t;
CREATE VIEW grouped AS SELECT name, count(*) AS n FROM t GROUP BY name;

-- syntax of 15
MERGE INTO t USING u ON t.id = u.other WHEN MATCHED THEN DELETE;
WITH w AS (SELECT 1 AS x) MERGE INTO t USING w ON t.id = w.x WHEN MATCHED THEN UPDATE SET name = 'x';
MERGE INTO t USING u ON t.id = u.other WHEN NOT MATCHED THEN INSERT (id, name) VALUES (u.other, u.id);
CREATE UNIQUE INDEX ON t (name) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX ON t (amount) NULLS DISTINCT;
CREATE TABLE nd (a int, UNIQUE NULLS NOT DISTINCT (a));
ALTER TABLE t ADD CONSTRAINT nd UNIQUE NULLS NOT DISTINCT (name);
CREATE TABLE fk (a int, b int REFERENCES t ON DELETE SET NULL, FOREIGN KEY (b) REFERENCES t (id) ON DELETE SET NULL (b));
ALTER TABLE u SET ACCESS METHOD heap;
CREATE UNLOGGED SEQUENCE us;

-- MERGE: into views and in WITH since 17
MERGE INTO v USING u ON v.id = u.other WHEN MATCHED THEN UPDATE SET name = u.id;
MERGE INTO grouped USING u ON true WHEN MATCHED THEN DO NOTHING;
WITH m AS (MERGE INTO t USING u ON t.id = u.other WHEN MATCHED THEN DELETE) SELECT 1;

-- names and types of results
SELECT true, false, (SELECT true), CASE WHEN $1 THEN true ELSE false END, true::text;
SELECT name || 'x'::"char" FROM t;
SELECT numeric '1.5'::numeric(3,-1), 1::numeric(2,5);
CREATE TABLE negative (n numeric(3,-2));

-- functions
SELECT regexp_count(name, 'a'), regexp_instr(name, 'a'), regexp_like(name, 'a'), regexp_substr(name, 'a') FROM t;
SELECT unistr(name), trim_array(tags, 1), bit_count('\x00'), date_bin('1 day', now(), now()) FROM t;
SELECT range_agg(int4multirange(int4range(1, 2)));
SELECT pg_size_bytes($1), starts_with(name, $2), name ^@ 'a' FROM t;
SELECT any_value(id), array_shuffle(tags), array_sample(tags, 2) FROM t GROUP BY tags;
SELECT any_value(name) FROM t;
SELECT id, any_value(name) FROM t GROUP BY id;
SELECT date_add(now(), '1 day'), date_subtract(now(), $1, 'UTC'), random_normal(), erf(1), erfc($2);
SELECT pg_input_is_valid('1', 'int'), (pg_input_error_info('x', 'int')).message;
SELECT random(1, 10), random(1.0, $1), random(1::bigint, 2);
SELECT to_bin(1), to_oct($1), xmltext('a'), uuid_extract_version(gen_random_uuid());
SELECT array_reverse(tags), array_sort(tags), uuidv7(), uuidv4(), crc32('a'), gamma(1), lgamma($1), casefold(name) FROM t;
SELECT reverse('\x01'::bytea), reverse(name) FROM t;
SELECT max(ARRAY[1]), min(ROW(1, 2)), max('\x00'::bytea);
SELECT json_strip_nulls(raw, true), jsonb_strip_nulls(doc) FROM t;
SELECT to_timestamp(1), to_char(now(), 'YYYY'), make_timestamptz(1, 2, 3, 4, 5, 6), extract(epoch FROM now());
SELECT '\x01'::bytea::int, 5::bytea;
SELECT string_agg(name, ',') FILTER (WHERE id > 1), xmlagg('<a/>'::xml) FROM t;
SELECT now() AT TIME ZONE 'UTC', timezone('UTC', now()), generate_series(now(), now(), '1 day', 'UTC');
SELECT pg_backup_start('x');
SELECT pg_start_backup('x');
SELECT currval('us'), pg_get_ruledef(1), pg_basetype('int4');
SELECT lower(name COLLATE "ucs_basic"), name COLLATE "pg_c_utf8" FROM t;
SELECT name COLLATE unicode FROM t;

-- NULL: a JSON null cast to a number is NULL since 18
SELECT doc::int, doc::bool, doc::numeric FROM t;

-- what input functions take
SELECT '0x1F'::int, '1_000'::bigint, '0b101'::int2, '0o17'::int;
SELECT int4 '1_';
SELECT numeric '0xFF', numeric '1_000.5';
SELECT '2147483649x'::int;
SELECT 'infinity'::interval, '-infinity'::interval;

-- system relations
SELECT datname, datcollate, datlocprovider FROM pg_database;
SELECT daticulocale FROM pg_database;
SELECT datlocale, datcollversion FROM pg_database;
SELECT checkpoints_timed FROM pg_stat_bgwriter;
SELECT num_timed FROM pg_stat_checkpointer;
SELECT pubname, attnames, rowfilter FROM pg_publication_tables;
SELECT indnullsnotdistinct FROM pg_index;
SELECT * FROM pg_ident_file_mappings;
SELECT reads, writes, extends FROM pg_stat_io;
SELECT last_seq_scan FROM pg_stat_user_tables;
SELECT attstattarget, attcompression FROM pg_attribute;
SELECT type, name, description FROM pg_wait_events;
SELECT slot_name, inactive_since, conflicting FROM pg_replication_slots;
SELECT conenforced, conperiod FROM pg_constraint;
SELECT rolname, rolbypassrls, rolinherit FROM pg_roles;
SELECT inherit_option, set_option FROM pg_auth_members;
SELECT * FROM pg_aios;
SELECT 'pg_catalog.pg_shmem_allocations_numa'::regclass;

-- generated columns and what they are made of
CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a + 1) STORED);
ALTER TABLE g DROP COLUMN a;
SELECT * FROM g;

-- errors told otherwise
SELECT t.id FROM u, (SELECT t.id) s;
SELECT * FROM t, (SELECT t.id AS x) s;
SELECT name FROM (SELECT id FROM t) s WHERE s.name = '';
SELECT x.id FROM (t JOIN u ON true) AS x;
SELECT * FROM t JOIN u USING (id);
SELECT raw = raw FROM t;
SELECT DISTINCT raw FROM t;
INSERT INTO t_pkey VALUES (1);
CREATE TABLE empty (id text, other int);
CREATE RULE "_RETURN" AS ON SELECT TO empty DO INSTEAD SELECT 'x'::text AS id, 1 AS other;
CREATE RULE r AS ON SELECT TO g DO INSTEAD SELECT 1 AS a;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'INSERT INTO u VALUES (1)';
CREATE TABLE badfk (d date REFERENCES t);

-- extensions
CREATE EXTENSION pg_trgm;
CREATE EXTENSION citext;
CREATE EXTENSION pg_stat_statements;
SELECT queryid, toplevel, total_exec_time FROM pg_stat_statements;
SELECT temp_blk_read_time FROM pg_stat_statements;
SELECT shared_blk_read_time, stats_since FROM pg_stat_statements;
SELECT parallel_workers_launched FROM pg_stat_statements;
SELECT similarity(name, 'x'), name::citext = 'A', name % 'x' FROM t;
