-- The flow through bodies: loops, CASE, handlers, EXECUTE, calls, transactions.
CREATE TABLE log (a int);

CREATE FUNCTION saw(what text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE log ADD COLUMN %I int', what); END $$;

DO $$ <<outer>> DECLARE i int := 0; names text[] := ARRAY['x','y']; n text; m text; r record; BEGIN
 LOOP i := i + 1; EXIT WHEN i > 3; CONTINUE WHEN i = 2; PERFORM saw('l' || i); END LOOP;
 WHILE i < 6 LOOP i := i + 1; PERFORM saw('w' || i::text); END LOOP;
 FOR j IN REVERSE 3..1 BY 2 LOOP PERFORM saw('r' || j); END LOOP;
 FOREACH n IN ARRAY names LOOP
   FOREACH m IN ARRAY array_append(names, 'z') LOOP
     CONTINUE outer_loop WHEN false; 
     PERFORM saw(n || '_' || m);
   END LOOP;
 END LOOP;
END $$;

DO $$ <<outer>> DECLARE i int := 0; names text[] := ARRAY['x','y']; n text; m text; r record; BEGIN
 LOOP i := i + 1; EXIT WHEN i > 3; CONTINUE WHEN i = 2; PERFORM saw('l' || i); END LOOP;
 WHILE i < 6 LOOP i := i + 1; PERFORM saw('w' || i::text); END LOOP;
 FOR j IN REVERSE 3..1 BY 2 LOOP PERFORM saw('r' || j); END LOOP;
 <<names>> FOREACH n IN ARRAY names LOOP
   FOREACH m IN ARRAY array_append(names, 'z') LOOP
     CONTINUE names WHEN m = 'y' AND n = 'x';
     PERFORM saw(n || '_' || m);
   END LOOP;
 END LOOP;
 FOR r IN SELECT * FROM (VALUES ('v1', 'integer'), ('v2', 'text')) AS v (col, typ) LOOP
   EXECUTE format('ALTER TABLE log ADD COLUMN IF NOT EXISTS %I %s', r.col, r.typ);
 END LOOP;
 FOR n IN SELECT unnest(names) LOOP PERFORM saw('u_' || n); END LOOP;
 FOR n IN SELECT 's' || g FROM generate_series(1, 2) g LOOP PERFORM saw(n); END LOOP;
 CASE i WHEN 1, 2 THEN PERFORM saw('case12'); WHEN 6 THEN PERFORM saw('case6'); ELSE PERFORM saw('case_else'); END CASE;
 CASE WHEN i = 7 THEN PERFORM saw('if7'); ELSE PERFORM saw('not7'); END CASE;
 IF i = 1 THEN PERFORM saw('i1'); ELSIF i = 6 THEN PERFORM saw('i6'); ELSE PERFORM saw('ielse'); END IF;
 EXIT outer WHEN i = 6;
 PERFORM saw('never');
END $$;

SELECT * FROM log;

DO $$ BEGIN CREATE TABLE u (id int); CREATE TABLE u (id int); END $$;

SELECT * FROM u;

DO $$ BEGIN CASE 5 WHEN 1 THEN NULL; END CASE; END $$;

DO $$ BEGIN EXECUTE NULL::text; END $$;

DO $$ BEGIN EXECUTE 'SELEC 1'; END $$;

DO $$ BEGIN EXECUTE 'SELECT nosuch'; END $$;

DO $$ BEGIN EXECUTE 'SELECT $1 + 1' USING 'x'::text; END $$;

DO $$ DECLARE n int; BEGIN EXECUTE 'SELECT $1 + 1' INTO n USING 41; IF n = 42 THEN CREATE TABLE n42 (a int); END IF; END $$;

SELECT * FROM n42;

DO $$ BEGIN EXECUTE 'BEGIN'; END $$;

DO $$ BEGIN EXECUTE 'SELECT 1 AS a INTO TABLE xx'; END $$;

DO $$ BEGIN SAVEPOINT s; END $$;

DO $$ DECLARE x int; BEGIN SELECT 1 INTO STRICT x FROM pg_type WHERE typname = 'nosuch'; EXCEPTION WHEN no_data_found THEN CREATE TABLE no_data (a int); END $$;

SELECT * FROM no_data;

DO $$ DECLARE x text; BEGIN SELECT relname INTO STRICT x FROM pg_class WHERE relname IN ('log', 'n42'); EXCEPTION WHEN too_many_rows THEN CREATE TABLE many (a int); END $$;

SELECT * FROM many;

DO $$ BEGIN PERFORM 1 FROM pg_class WHERE relname = 'log'; IF FOUND THEN CREATE TABLE was_found (a int); END IF; PERFORM 1 FROM pg_class WHERE relname = 'nolog'; IF NOT FOUND THEN CREATE TABLE not_found (a int); END IF; END $$;

SELECT * FROM was_found, not_found;

DO $$ BEGIN RAISE EXCEPTION 'custom %', 5; EXCEPTION WHEN raise_exception THEN EXECUTE format('CREATE TABLE %I (a int)', SQLERRM); END $$;

SELECT * FROM "custom 5";

DO $$ BEGIN RAISE unique_violation; EXCEPTION WHEN integrity_constraint_violation THEN EXECUTE 'CREATE TABLE e' || SQLSTATE || ' (a int)'; END $$;

SELECT * FROM e23505;

DO $$ BEGIN RAISE SQLSTATE 'ZX001'; EXCEPTION WHEN SQLSTATE 'ZX001' THEN RAISE; END $$;

DO $$ BEGIN RAISE; END $$;

DO $$ BEGIN BEGIN CREATE TABLE a1 (a int); RAISE EXCEPTION 'x'; EXCEPTION WHEN division_by_zero THEN NULL; END; EXCEPTION WHEN OTHERS THEN CREATE TABLE a2 (a int); END $$;

SELECT * FROM a1;

SELECT * FROM a2;

DO $$ BEGIN ASSERT 1 = 2; END $$;

DO $$ BEGIN ASSERT 1 = 2, 'never so'; END $$;

DO $$ BEGIN ASSERT false; EXCEPTION WHEN OTHERS THEN NULL; END $$;

SET plpgsql.check_asserts = off;

DO $$ BEGIN ASSERT 1 = 2; END $$;

RESET plpgsql.check_asserts;

DO $$ BEGIN SET LOCAL search_path TO pg_catalog; CREATE TEMP TABLE tt (a int); END $$;

SHOW search_path;

CREATE SCHEMA s2;

DO $$ BEGIN SET LOCAL search_path TO s2; CREATE TABLE in_s2 (a int); END $$;

SELECT * FROM in_s2;

SELECT * FROM s2.in_s2;

DO $$ BEGIN PERFORM set_config('search_path', 's2', false); CREATE TABLE in_s2b (a int); END $$;

SELECT * FROM in_s2;

RESET search_path;

CREATE FUNCTION in_path(n text) RETURNS void LANGUAGE plpgsql SET search_path = s2 AS $$ BEGIN EXECUTE 'CREATE TABLE ' || quote_ident(n) || ' (z int)'; END $$;

DO $$ BEGIN PERFORM in_path('Odd Name'); CREATE TABLE outside (a int); END $$;

SELECT z FROM s2."Odd Name", public.outside;

CREATE FUNCTION sqlmk() RETURNS void LANGUAGE sql AS $$ CREATE TABLE by_sql (a int); $$;

DO $$ BEGIN PERFORM sqlmk(); END $$;

SELECT * FROM by_sql;

DO $$ BEGIN PERFORM sqlmk(); END $$;

CREATE FUNCTION has_table(t text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT FROM information_schema.tables WHERE table_name = t) $$;

DO $$ BEGIN IF has_table('by_sql') AND NOT has_table('nothing') THEN CREATE TABLE helper_true (a int); END IF; END $$;

SELECT * FROM helper_true;

CREATE FUNCTION has_column(t text, c text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = t AND column_name = c); END $$;

DO $$ BEGIN IF NOT has_column('by_sql', 'b') THEN ALTER TABLE by_sql ADD COLUMN b date; END IF; END $$;

SELECT b FROM by_sql;

CREATE PROCEDURE two(a text, b text DEFAULT 'dflt') LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('CREATE TABLE %I ()', a); COMMIT; EXECUTE format('CREATE TABLE %I ()', b); END $$;

CALL two('first');

SELECT FROM first, dflt;

CALL two(b => 'second', a => 'third');

SELECT FROM second, third;

BEGIN;

CALL two('fourth', 'fifth');

ROLLBACK;

SELECT FROM fourth;

DO $$ BEGIN CALL two('six', 'seven'); END $$;

SELECT FROM six, seven;

DO $$ BEGIN CREATE TABLE roll_me (a int); ROLLBACK; CREATE TABLE keep_me (a int); END $$;

SELECT * FROM roll_me;

SELECT * FROM keep_me;

DO $$ BEGIN BEGIN COMMIT; EXCEPTION WHEN division_by_zero THEN NULL; END; END $$;

CREATE PROCEDURE twosql() LANGUAGE sql AS $$ CREATE TABLE psql1 (a int); ALTER TABLE psql1 ADD COLUMN b int; $$;

CALL twosql();

SELECT b FROM psql1;

DO $$ DECLARE r record; BEGIN FOR r IN SELECT 1 AS a LOOP IF r.b = 1 THEN NULL; END IF; END LOOP; END $$;

DO $$ DECLARE r record; BEGIN SELECT 'by_rec' AS name, 3 AS n INTO r; EXECUTE format('CREATE TABLE %I (%s int)', r.name, 'c' || r.n); END $$;

SELECT c3 FROM by_rec;

DO $$ DECLARE k by_rec%ROWTYPE; BEGIN k.c3 := 1; SELECT 5 INTO k; IF k.c3 = 5 THEN CREATE TABLE rowtype_ok (a int); END IF; END $$;

SELECT * FROM rowtype_ok;

DO $$ DECLARE a int; b text; BEGIN SELECT 1, 'two' INTO a, b; EXECUTE concat_ws('_', 'CREATE TABLE t', a, b) || '(x int)'; END $$;

DO $$ DECLARE c CONSTANT text := 'k'; d text DEFAULT c || 'l'; BEGIN EXECUTE 'CREATE TABLE ' || d || upper('m') || lower('N') || replace('a-b', '-', '_') || ' ()'; END $$;

SELECT FROM klmna_b;

DO $$ DECLARE e state_missing; BEGIN NULL; END $$;

DO $$ DECLARE n int := 'abc'; BEGIN NULL; END $$;

DO $$ BEGIN DO 'BEGIN CREATE TABLE nested_do (a int); END'; END $$;

SELECT * FROM nested_do;

DO $$ BEGIN IF 'users'::regclass IS NOT NULL THEN NULL; END IF; EXCEPTION WHEN undefined_table THEN CREATE TABLE undefined_caught (a int); END $$;

SELECT * FROM undefined_caught;

DO $$ BEGIN ALTER TYPE mood ADD VALUE 'x'; EXCEPTION WHEN undefined_object THEN CREATE TYPE mood AS ENUM ('a'); END $$;

SELECT 'a'::mood;

DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_enum WHERE enumlabel = 'b' AND enumtypid = (SELECT oid FROM pg_type WHERE typname = 'mood')) THEN ALTER TYPE mood ADD VALUE 'b'; END IF; END $$;

SELECT 'b'::mood;

DO $$ BEGIN ALTER TABLE by_rec ADD CONSTRAINT pos CHECK (c3 > 0); EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN ALTER TABLE by_rec ADD CONSTRAINT pos CHECK (c3 > 0); EXCEPTION WHEN duplicate_object THEN NULL; END $$;

DO $$ BEGIN ALTER TABLE by_rec RENAME COLUMN c3 TO c4; EXCEPTION WHEN undefined_column THEN END $$;

DO $$ BEGIN ALTER TABLE by_rec RENAME COLUMN c3 TO c4; EXCEPTION WHEN undefined_column THEN END $$;

SELECT c4 FROM by_rec;
