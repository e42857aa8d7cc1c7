-- Roles, owners and privileges: who may do what (documentation, "Database Roles", "Privileges").
CREATE ROLE orc_owner;

CREATE USER orc_member IN ROLE orc_owner;

CREATE ROLE orc_alien LOGIN PASSWORD 'x' VALID UNTIL 'infinity' CONNECTION LIMIT 3;

CREATE ROLE orc_noinherit NOINHERIT IN ROLE orc_owner;

CREATE ROLE orc_super SUPERUSER;

CREATE ROLE orc_creator CREATEROLE;

CREATE GROUP orc_group USER orc_alien;

CREATE ROLE orc_owner;

CREATE ROLE pg_own;

CREATE ROLE orc_bad CONNECTION LIMIT -2;

CREATE ROLE orc_bad LOGIN NOLOGIN;

CREATE SCHEMA open;

GRANT ALL ON SCHEMA open TO PUBLIC;

CREATE SCHEMA closed;

CREATE TABLE closed.t (a int PRIMARY KEY);

CREATE SCHEMA own AUTHORIZATION orc_owner;

CREATE SCHEMA AUTHORIZATION orc_alien;

SET search_path = open, public;

CREATE TABLE super_t (a int PRIMARY KEY, b text);

CREATE VIEW super_v AS SELECT a FROM super_t;

CREATE FUNCTION super_f() RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE SEQUENCE super_s;

CREATE TYPE super_e AS ENUM ('a');

CREATE DOMAIN super_d AS int;

SET ROLE orc_owner;

SELECT current_user, session_user;

CREATE TABLE t (a int PRIMARY KEY, b serial, c text);

CREATE VIEW v AS SELECT a FROM t;

CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one;

CREATE SEQUENCE s;

CREATE TYPE e AS ENUM ('a', 'b');

CREATE TYPE comp AS (x int);

CREATE DOMAIN d AS int CONSTRAINT dc CHECK (VALUE > 0);

CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';

CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';

CREATE AGGREGATE ag(int) (sfunc = int4pl, stype = int);

CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq);

CREATE COLLATION coll FROM "C";

CREATE STATISTICS st ON a, c FROM t;

CREATE TEXT SEARCH DICTIONARY dict (template = simple);

CREATE TEXT SEARCH CONFIGURATION conf (copy = simple);

CREATE CONVERSION conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

CREATE TABLE own.inside (a int);

CREATE TABLE closed.more (a int);

CREATE VIEW closed.more AS SELECT 1;

CREATE SEQUENCE closed.more;

CREATE TYPE closed.more AS ENUM ('a');

CREATE FUNCTION closed.more() RETURNS int LANGUAGE sql AS 'SELECT 1';

SELECT * FROM closed.t;

SELECT * FROM closed.absent;

SELECT closed.f(1);

SELECT 1::closed.ty;

DROP TABLE closed.t;

DROP TABLE IF EXISTS closed.t;

ALTER TABLE closed.t ADD b int;

SET search_path = closed, open;

SELECT * FROM t;

SET search_path = open, public;

ALTER TABLE super_t ADD c int;

ALTER TABLE super_t RENAME TO x;

ALTER TABLE super_t RENAME b TO x;

ALTER TABLE super_t RENAME CONSTRAINT super_t_pkey TO x;

ALTER INDEX super_t_pkey RENAME TO x;

ALTER VIEW super_v RENAME TO x;

ALTER VIEW super_v ALTER a SET DEFAULT 1;

ALTER TABLE super_t SET SCHEMA own;

ALTER TABLE super_t OWNER TO orc_owner;

ALTER SEQUENCE super_s INCREMENT 2;

ALTER SEQUENCE super_s RENAME TO x;

ALTER TYPE super_e ADD VALUE 'b';

ALTER TYPE super_e RENAME VALUE 'a' TO 'b';

ALTER TYPE super_e RENAME TO x;

ALTER TYPE super_e OWNER TO orc_owner;

ALTER TYPE super_e SET SCHEMA own;

ALTER DOMAIN super_d SET NOT NULL;

ALTER DOMAIN super_d RENAME TO x;

ALTER FUNCTION super_f() RENAME TO x;

ALTER FUNCTION super_f() STRICT;

ALTER FUNCTION super_f() OWNER TO orc_owner;

ALTER FUNCTION super_f() SET SCHEMA own;

CREATE OR REPLACE FUNCTION super_f() RETURNS int LANGUAGE sql AS 'SELECT 2';

CREATE OR REPLACE VIEW super_v AS SELECT a FROM t;

DROP TABLE super_t;

DROP VIEW super_v;

DROP FUNCTION super_f();

DROP ROUTINE super_f();

DROP SEQUENCE super_s;

DROP TYPE super_e;

DROP DOMAIN super_d;

DROP SCHEMA open;

DROP SCHEMA closed CASCADE;

ALTER SCHEMA closed RENAME TO x;

ALTER SCHEMA closed OWNER TO orc_owner;

COMMENT ON TABLE super_t IS 'x';

COMMENT ON COLUMN super_t.a IS 'x';

COMMENT ON CONSTRAINT super_t_pkey ON super_t IS 'x';

COMMENT ON FUNCTION super_f() IS 'x';

COMMENT ON TYPE super_e IS 'x';

COMMENT ON SCHEMA closed IS 'x';

CREATE INDEX ON super_t (b);

CREATE STATISTICS st2 ON a, b FROM super_t;

CREATE RULE r AS ON INSERT TO super_t DO INSTEAD NOTHING;

CREATE POLICY pol ON super_t;

CREATE TRIGGER tr BEFORE INSERT ON super_t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();

CREATE TABLE child () INHERITS (super_t);

CREATE TABLE child (LIKE super_t);

CREATE TABLE child (a int REFERENCES super_t);

CREATE TABLE child (a int REFERENCES t);

ALTER TABLE child INHERIT super_t;

DROP TABLE child;

CREATE TYPE base;

CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS STORAGE int;

CREATE OPERATOR FAMILY ofa USING btree;

CREATE TEXT SEARCH PARSER prs (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

CREATE TEXT SEARCH TEMPLATE tmpl (lexize = dsimple_lexize);

CREATE FUNCTION leak() RETURNS bool LEAKPROOF LANGUAGE sql AS 'SELECT true';

CREATE FUNCTION inc() RETURNS int LANGUAGE c AS 'x', 'y';

CREATE FUNCTION inc(internal) RETURNS int LANGUAGE internal AS 'x';

CREATE CAST (int AS text) WITHOUT FUNCTION;

CREATE CAST (super_e AS int) WITH INOUT;

CREATE CAST (e AS int) WITH INOUT;

DROP CAST (e AS int);

DROP CAST (int AS bigint);

CREATE FOREIGN DATA WRAPPER w;

CREATE EVENT TRIGGER et ON ddl_command_start EXECUTE FUNCTION f();

CREATE ACCESS METHOD am TYPE INDEX HANDLER bthandler;

CREATE LANGUAGE lang HANDLER plpgsql_call_handler;

CREATE SUBSCRIPTION sub CONNECTION '' PUBLICATION p WITH (connect = false);

CREATE ROLE orc_no;

DROP ROLE orc_alien;

ALTER ROLE orc_alien SUPERUSER;

GRANT orc_super TO orc_owner;

GRANT orc_alien TO orc_owner;

GRANT SELECT ON super_t TO orc_alien;

REVOKE SELECT ON super_t FROM orc_alien;

GRANT USAGE ON SCHEMA closed TO orc_alien;

ALTER TABLE t OWNER TO orc_alien;

ALTER TABLE t OWNER TO orc_owner;

REASSIGN OWNED BY orc_alien TO orc_owner;

DROP OWNED BY orc_alien;

SET ROLE orc_alien;

ALTER TABLE t ADD d int;

ALTER TABLE t ENABLE ROW LEVEL SECURITY;

ALTER SEQUENCE t_b_seq RESTART;

REFRESH MATERIALIZED VIEW mv;

DROP MATERIALIZED VIEW mv;

ALTER TYPE comp ADD ATTRIBUTE y int;

ALTER TYPE comp RENAME TO x;

DROP TYPE comp;

ALTER DOMAIN d DROP CONSTRAINT dc;

ALTER DOMAIN d RENAME CONSTRAINT dc TO dx;

DROP FUNCTION f(int);

DROP PROCEDURE p();

ALTER PROCEDURE p() SECURITY DEFINER;

DROP AGGREGATE ag(int);

ALTER AGGREGATE ag(int) RENAME TO x;

ALTER AGGREGATE ag(int) OWNER TO orc_alien;

DROP OPERATOR === (int, int);

ALTER OPERATOR === (int, int) OWNER TO orc_alien;

ALTER OPERATOR === (int, int) SET (restrict = eqsel);

ALTER OPERATOR === (int, int) SET SCHEMA orc_alien;

DROP COLLATION coll;

ALTER COLLATION coll RENAME TO x;

ALTER COLLATION coll REFRESH VERSION;

DROP STATISTICS st;

ALTER STATISTICS st SET STATISTICS 10;

ALTER STATISTICS st RENAME TO x;

DROP TEXT SEARCH DICTIONARY dict;

ALTER TEXT SEARCH DICTIONARY dict (stopwords = english);

ALTER TEXT SEARCH DICTIONARY dict RENAME TO x;

DROP TEXT SEARCH CONFIGURATION open.conf;

ALTER TEXT SEARCH CONFIGURATION conf ADD MAPPING FOR word WITH simple;

DROP CONVERSION conv;

ALTER CONVERSION conv RENAME TO x;

CREATE TABLE part () INHERITS (t);

CREATE TABLE orc_alien.copy (LIKE comp);

SET ROLE orc_member;

ALTER TABLE t ADD e int;

ALTER TABLE t DROP e;

ALTER TABLE super_t ADD e int;

CREATE TABLE member_t (a int);

ALTER TABLE member_t OWNER TO orc_owner;

RESET ROLE;

SET SESSION AUTHORIZATION orc_noinherit;

ALTER TABLE t ADD f int;

SET ROLE orc_owner;

ALTER TABLE t ADD f int;

ALTER TABLE t DROP f;

SET ROLE orc_alien;

SET ROLE NONE;

SET SESSION AUTHORIZATION orc_super;

ALTER TABLE t ADD f int;

ALTER TABLE t DROP f;

RESET SESSION AUTHORIZATION;

GRANT USAGE ON SCHEMA closed TO orc_owner;

GRANT REFERENCES ON closed.t TO orc_owner;

SET ROLE orc_owner;

SELECT * FROM closed.t;

CREATE TABLE refers (a int REFERENCES closed.t);

CREATE TABLE closed.more (a int);

CREATE TRIGGER tr BEFORE INSERT ON closed.t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();

ALTER TABLE t SET SCHEMA closed;

GRANT SELECT ON t TO orc_alien WITH GRANT OPTION;

SET ROLE orc_alien;

GRANT SELECT ON t TO orc_creator;

GRANT INSERT ON t TO orc_creator;

CREATE TABLE orc_alien.copy2 (LIKE t);

SET ROLE orc_owner;

REVOKE SELECT ON t FROM orc_alien;

REVOKE GRANT OPTION FOR SELECT ON t FROM orc_alien;

REVOKE SELECT ON t FROM orc_alien CASCADE;

GRANT SELECT ON t TO PUBLIC WITH GRANT OPTION;

GRANT EXECUTE ON t TO orc_alien;

GRANT USAGE ON FUNCTION f(int) TO orc_alien;

GRANT SELECT ON SCHEMA own TO orc_alien;

GRANT SELECT (a) ON SEQUENCE s TO orc_alien;

GRANT TRUNCATE (a) ON t TO orc_alien;

GRANT FLY ON t TO orc_alien;

GRANT SELECT ON SEQUENCE t TO orc_alien;

GRANT SELECT ON t_pkey TO orc_alien;

GRANT SELECT ON comp TO orc_alien;

GRANT USAGE ON TYPE e TO orc_alien;

GRANT USAGE ON TYPE int[] TO orc_alien;

GRANT USAGE ON DOMAIN e TO orc_alien;

GRANT USAGE ON LANGUAGE c TO orc_alien;

GRANT ALL ON ALL TABLES IN SCHEMA own TO orc_alien;

GRANT ALL ON ALL TABLES IN SCHEMA absent TO orc_alien;

RESET ROLE;

SET ROLE orc_creator;

CREATE ROLE orc_made;

CREATE ROLE orc_made2 SUPERUSER;

CREATE ROLE orc_made2 REPLICATION;

CREATE ROLE orc_made2 BYPASSRLS;

ALTER ROLE orc_super NOLOGIN;

ALTER ROLE orc_made RENAME TO orc_made3;

DROP ROLE orc_made3;

DROP ROLE orc_super;

DROP ROLE orc_creator;

RESET ROLE;

GRANT orc_owner TO orc_owner;

GRANT orc_member TO orc_owner;

GRANT orc_owner (a) TO orc_alien;

GRANT SELECT ON super_t TO orc_noinherit;

DROP ROLE orc_noinherit;

REVOKE SELECT ON super_t FROM orc_noinherit;

DROP ROLE CURRENT_USER;

DROP ROLE PUBLIC;

ALTER ROLE orc_alien RENAME TO orc_member;

ALTER ROLE orc_alien RENAME TO pg_x;

ALTER GROUP orc_group DROP USER orc_alien;

DROP GROUP orc_group;

DROP GROUP orc_group;

DROP GROUP IF EXISTS orc_group;

GRANT SELECT ON t TO orc_group;

ALTER TABLE t OWNER TO orc_group;

SET ROLE orc_group;

CREATE SCHEMA AUTHORIZATION orc_group;

CREATE POLICY pol ON t TO orc_group;

ALTER ROLE orc_group SET search_path = x;

ALTER SEQUENCE t_b_seq OWNER TO orc_alien;

CREATE SEQUENCE owned OWNED BY t.a;

ALTER SEQUENCE super_s OWNED BY t.a;

BEGIN;

SET LOCAL ROLE orc_alien;

SELECT 1;

ALTER TABLE t ADD g int;

ROLLBACK;

ALTER TABLE t ADD g int;

BEGIN;

CREATE ROLE orc_temporary;

ROLLBACK;

ALTER TABLE t OWNER TO orc_alien;

SET ROLE orc_alien;

ALTER SEQUENCE t_b_seq RESTART;

RESET ROLE;

REASSIGN OWNED BY orc_owner TO orc_member;

SET ROLE orc_member;

DROP FUNCTION f(int);

RESET ROLE;

DROP OWNED BY orc_member;

DROP OWNED BY orc_member CASCADE;

SELECT * FROM mv;

SELECT * FROM own.inside;

DROP OWNED BY orc_alien, orc_owner, orc_noinherit CASCADE;

DROP ROLE orc_member, orc_alien, orc_owner, orc_noinherit, orc_super, orc_creator;

SET ROLE orc_owner;

DROP ROLE IF EXISTS orc_never;
