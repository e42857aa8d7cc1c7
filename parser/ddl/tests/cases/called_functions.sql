CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE TABLE posts (id int PRIMARY KEY);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION add_updated_at(tab regclass, col text DEFAULT 'updated_at') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    trigger_name text := 'touch_' || tab::text;
BEGIN
    EXECUTE format('ALTER TABLE %s ADD COLUMN %I timestamptz NOT NULL DEFAULT now()', tab, col);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION touch()', trigger_name, tab);
    RETURN trigger_name;
END $$;
SELECT add_updated_at('users');
SELECT add_updated_at('posts', col => 'changed_at');
SELECT add_updated_at('users');
CREATE FUNCTION make_table(name text, VARIADIC columns text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE c text;
BEGIN
    EXECUTE 'CREATE TABLE ' || quote_ident(name) || ' (id bigint)';
    FOREACH c IN ARRAY columns LOOP
        EXECUTE format('ALTER TABLE %I ADD COLUMN %I text', name, c);
    END LOOP;
END $$;
SELECT make_table('Made', 'a', 'b');
SELECT make_table(name, 'x') FROM (VALUES ('one'), ('two')) AS v (name);
SELECT make_table('t_' || n, 'y') FROM generate_series(1, 2) AS n;
SELECT CASE WHEN to_regclass('one') IS NULL THEN make_table('never', 'z') END;
SELECT 1 WHERE make_table('in_where', 'w') IS NULL;
SELECT make_table('never', 'z') WHERE false;
SELECT * FROM make_table('in_from', 'v');
CREATE FUNCTION sql_makes() RETURNS bigint LANGUAGE sql AS $$
    CREATE TABLE by_sql (a int, b int);
    ALTER TABLE by_sql DROP COLUMN b;
    SELECT count(*) FROM pg_class WHERE relname = 'by_sql';
$$;
SELECT sql_makes();
SELECT sql_makes();
CREATE FUNCTION partitions(parent regclass, n int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 0..n - 1 LOOP
        EXECUTE format('CREATE TABLE %I PARTITION OF %s FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
                       parent::text || '_p' || i, parent, n, i);
    END LOOP;
END $$;
CREATE TABLE events (id bigint, at timestamptz) PARTITION BY HASH (id);
SELECT partitions('events', 3);
CREATE FUNCTION recursive(n int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    IF n = 0 THEN RETURN 0; END IF;
    EXECUTE 'CREATE TABLE deep_' || n || ' (a int)';
    RETURN n + recursive(n - 1);
END $$;
SELECT recursive(3);
CREATE FUNCTION guarded(name text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TYPE %I AS ENUM (''a'')', name);
    RETURN 'new';
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN RETURN 'old';
END $$;
SELECT guarded('mood'), guarded('mood');
CREATE PROCEDURE rename_all(prefix text) LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
    FOR r IN SELECT table_name FROM information_schema.tables
             WHERE table_schema = 'public' AND table_name LIKE 'deep%' AND table_type = 'BASE TABLE' LOOP
        EXECUTE format('ALTER TABLE %I RENAME TO %I', r.table_name, prefix || r.table_name);
    END LOOP;
END $$;
CALL rename_all('very_');
CALL rename_all(NULL);
BEGIN;
SELECT make_table('undone', 'a');
ROLLBACK;
CREATE FUNCTION in_schema() RETURNS void LANGUAGE plpgsql SET search_path = other AS $$
BEGIN
    CREATE TABLE here (a int);
END $$;
CREATE SCHEMA other;
SELECT in_schema();
CREATE OR REPLACE FUNCTION in_schema() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE here (b int); END $$;
SELECT in_schema();
DROP FUNCTION in_schema();
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'y' LOOP
        EXECUTE format('ALTER TABLE %I RENAME COLUMN %I TO yy', r.relname, r.attname);
    END LOOP;
END $$;
CREATE FUNCTION strict_one(t text) RETURNS void STRICT LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE not_there (a int); END $$;
SELECT strict_one(NULL);
