-- DO blocks as migrations have them: what they change in the schema is there afterwards.
DO $$ BEGIN CREATE TYPE mood AS ENUM ('sad', 'ok'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN CREATE TYPE mood AS ENUM ('sad', 'other'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;

SELECT 'ok'::mood, 'other'::mood;

DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'color') THEN CREATE TYPE color AS ENUM ('red'); END IF; END $$;

SELECT 'red'::color;

DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'color') THEN CREATE TYPE color AS ENUM ('red'); END IF; END $$;

CREATE TABLE users (id int PRIMARY KEY, name text);

DO $$ BEGIN
IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'email') THEN
  ALTER TABLE users ADD COLUMN email text;
END IF;
IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'users' AND column_name = 'email') THEN
  ALTER TABLE users ADD COLUMN email2 text;
END IF;
END $$;

SELECT email FROM users;

SELECT email2 FROM users;

DO $$ DECLARE t text; BEGIN
FOREACH t IN ARRAY ARRAY['a','b'] LOOP
 EXECUTE format('CREATE TABLE %I (id int, %s_v text)', t || '_tab', t);
END LOOP;
FOR i IN 1..3 LOOP EXECUTE 'CREATE TABLE part_' || i || ' (x int)'; END LOOP;
END $$;

SELECT a_v FROM a_tab;

SELECT b_v FROM b_tab;

SELECT x FROM part_3;

SELECT x FROM part_4;

DO $$ BEGIN
 BEGIN
  CREATE TABLE rolled (x int);
  CREATE TABLE rolled (x int);
 EXCEPTION WHEN duplicate_table THEN
  CREATE TABLE caught (msg text);
 END;
 IF to_regclass('rolled') IS NULL THEN CREATE TABLE was_null (a int); END IF;
 IF to_regclass('public.caught') IS NOT NULL THEN CREATE TABLE was_not_null (a int); END IF;
END $$;

SELECT * FROM rolled;

SELECT * FROM caught;

SELECT * FROM was_null, was_not_null;

DO $$ BEGIN CREATE TABLE half (a int); RAISE EXCEPTION 'no % way', 'such' USING ERRCODE = 'check_violation', HINT = 'none'; END $$;

SELECT * FROM half;

DO $$ BEGIN DROP TABLE nosuch; END $$;

DO $$ BEGIN DELETE FROM nosuch; END $$;

DO $$ DECLARE r record; BEGIN
 FOR r IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name LIKE 'part%' LOOP
  EXECUTE 'ALTER TABLE ' || quote_ident(r.table_name) || ' ADD COLUMN y int DEFAULT 0';
 END LOOP;
END $$;

SELECT y FROM part_1, part_2 b;

SELECT part_1.y, b.y FROM part_1, part_2 b;

DO $$ BEGIN IF current_setting('server_version_num')::int >= 120000 THEN CREATE TABLE v12 (a int); END IF;
 IF current_setting('server_version_num')::int < 120000 THEN CREATE TABLE v11 (a int); END IF; END $$;

SELECT * FROM v12;

SELECT * FROM v11;

CREATE FUNCTION mk(tab regclass) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE %s ADD COLUMN updated_at timestamptz', tab); END $$;

DO $$ BEGIN PERFORM mk('users'); END $$;

SELECT updated_at FROM users;

CREATE PROCEDURE mkp(tab text) LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('CREATE TABLE %I (p int)', tab); COMMIT; END $$;

CALL mkp('from_proc');

SELECT * FROM from_proc;

DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'users_email_key') THEN ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email); END IF; END $$;

INSERT INTO users (id) VALUES (1) ON CONFLICT ON CONSTRAINT users_email_key DO NOTHING;

DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM pg_indexes WHERE tablename = 'users'; IF n > 1 THEN CREATE TABLE counted (a int); END IF; END $$;

SELECT * FROM counted;
