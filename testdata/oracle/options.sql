-- Storage parameters, compression and what else tables and indexes are given beside their columns.
CREATE TABLE t (a int, b text, c jsonb) WITH (fillfactor = 70);

CREATE TABLE x (a int) WITH (nosuch = 1);

CREATE TABLE x (a int) WITH (fillfactor = 5);

CREATE TABLE x (a int) WITH (fillfactor = 'abc');

CREATE TABLE x (a int) WITH (fillfactor = 50, fillfactor = 60);

CREATE TABLE x1 (a int) WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false, autovacuum_vacuum_scale_factor = 0.1, user_catalog_table = true);

CREATE TABLE x (a int) WITH (autovacuum_enabled = maybe);

CREATE TABLE x (a int) WITH (toast.nosuch = 1);

CREATE TABLE x (a int) WITH (nosuch.fillfactor = 1);

CREATE TABLE x (a int) WITH (autovacuum_vacuum_scale_factor = 200);

CREATE TABLE x (a int) WITH (vacuum_truncate);

CREATE TABLE x2 (a int) WITH (parallel_workers = 4);

CREATE TABLE x3 (a int) WITH (vacuum_index_cleanup = sometimes);

CREATE TABLE x4 (a int) WITH (oids = false);

CREATE TABLE x5 (a int) WITH (oids);

CREATE TABLE x6 (a int) WITHOUT OIDS;

ALTER TABLE t SET (fillfactor = 80);

ALTER TABLE t SET (nosuch = 80);

ALTER TABLE t RESET (fillfactor);

ALTER TABLE t RESET (nosuch);

ALTER TABLE t RESET (fillfactor = 3);

ALTER TABLE t ALTER COLUMN a SET (n_distinct = 5);

ALTER TABLE t ALTER COLUMN a SET (n_distinct = -5);

ALTER TABLE t ALTER COLUMN a SET (nosuch = 5);

ALTER TABLE t ALTER COLUMN a RESET (n_distinct_inherited);

CREATE INDEX i1 ON t (a) WITH (fillfactor = 70);

CREATE INDEX ix ON t (a) WITH (nosuch = 70);

CREATE INDEX i2 ON t USING btree (a) WITH (deduplicate_items = off);

CREATE INDEX ix ON t USING hash (a) WITH (deduplicate_items = off);

CREATE INDEX i3 ON t USING gin (c) WITH (fastupdate = off, gin_pending_list_limit = 64);

CREATE INDEX ix ON t USING gin (c) WITH (fillfactor = 70);

CREATE INDEX i4 ON t USING brin (a) WITH (pages_per_range = 4, autosummarize);

CREATE INDEX ix ON t USING brin (a) WITH (fillfactor = 4);

CREATE INDEX ix ON t (a) WITH (fillfactor = 7);

ALTER INDEX i1 SET (fillfactor = 50);

ALTER INDEX i1 SET (pages_per_range = 50);

ALTER INDEX i1 RESET (fillfactor);

CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t;

CREATE VIEW v2 WITH (security_invoker = true) AS SELECT a FROM t;

CREATE VIEW v3 WITH (nosuch) AS SELECT a FROM t;

CREATE VIEW v3 WITH (check_option = local) AS SELECT a FROM t;

CREATE VIEW v4 WITH (check_option = nope) AS SELECT a FROM t;

CREATE VIEW v4 WITH (fillfactor = 10) AS SELECT a FROM t;

ALTER VIEW v SET (security_barrier = false);

ALTER VIEW v SET (check_option = cascaded);

ALTER VIEW v SET (nosuch = false);

ALTER VIEW v RESET (check_option);

ALTER VIEW v SET (security_barrier = 7);

CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT a FROM t;

CREATE MATERIALIZED VIEW mx WITH (security_barrier = true) AS SELECT a FROM t;

ALTER MATERIALIZED VIEW m SET (autovacuum_enabled = false);

CREATE TABLE p (a int) PARTITION BY RANGE (a) WITH (fillfactor = 70);

CREATE TABLE p (a int) PARTITION BY RANGE (a);

CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2) WITH (fillfactor = 70);

ALTER TABLE p SET (fillfactor = 50);

CREATE TABLE y (a int PRIMARY KEY WITH (fillfactor = 40));

CREATE TABLE y2 (a int PRIMARY KEY WITH (nosuch = 40));

CREATE TABLE y3 (a int, UNIQUE (a) WITH (fillfactor = 300));

CREATE TABLE y4 (a int) TABLESPACE pg_default;

ALTER TABLE t SET TABLESPACE pg_default;

CREATE TABLE y8 WITH (nosuch = 1) AS SELECT 1 AS a;

CREATE TABLE y9 WITH (fillfactor = 50) AS SELECT 1 AS a;

CREATE TABLE z (a int) USING nosuch;

CREATE TABLE z (a int) USING btree;

CREATE TABLE z1 (a int) USING heap;

CREATE TABLE z2 (a text COMPRESSION pglz);

CREATE TABLE z3 (a text COMPRESSION nosuch);

CREATE TABLE z3 (a int COMPRESSION pglz);

ALTER TABLE z2 ALTER COLUMN a SET COMPRESSION lz4;

ALTER TABLE z2 ALTER COLUMN a SET COMPRESSION nope;

ALTER TABLE z1 ALTER COLUMN a SET COMPRESSION pglz;

ALTER TABLE z2 ALTER COLUMN a SET COMPRESSION default;

ALTER TABLE z2 ALTER COLUMN a SET STORAGE external;

ALTER TABLE z2 ALTER COLUMN a SET STORAGE nope;

ALTER TABLE z1 ALTER COLUMN a SET STORAGE external;

ALTER TABLE z1 ALTER COLUMN a SET STATISTICS 100000;

ALTER TABLE z1 ALTER COLUMN a SET STATISTICS -5;
