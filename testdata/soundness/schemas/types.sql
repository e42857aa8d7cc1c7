-- Types whose values have parts, and columns that are declared in roundabout ways.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE pt AS (x int, y int, label text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN required AS text NOT NULL;
CREATE DOMAIN never_empty AS text CHECK (VALUE IS NOT NULL AND VALUE <> '');
CREATE DOMAIN pt_domain AS pt CHECK ((VALUE).x IS NOT NULL);
CREATE TABLE things (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mood, p pt, ps pt[], pos positive, req required,
    ne never_empty, pd pt_domain, ms mood[], r int4range, mr int4multirange);
CREATE TABLE checked (id int, a int CHECK (a IS NOT NULL), b int, c int, d text, e text,
    CHECK (b IS NOT NULL AND (c > 0 OR c IS NOT NULL)), CHECK (d IS NOT NULL OR e IS NOT NULL), CHECK (length(d) > 0));
CREATE TABLE unchecked (id int, a int, b int);
ALTER TABLE unchecked ADD CONSTRAINT later CHECK (a IS NOT NULL) NOT VALID;
-- The rows that were there before the constraint; called before each filling.
CREATE FUNCTION break_constraints() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE unchecked DROP CONSTRAINT later;
    INSERT INTO unchecked VALUES (1, NULL, NULL), (2, NULL, 1);
    ALTER TABLE unchecked ADD CONSTRAINT later CHECK (a IS NOT NULL) NOT VALID;
END $$;
CREATE TABLE made (id int PRIMARY KEY, a int, b text, twice int GENERATED ALWAYS AS (a * 2) STORED,
    full_name text GENERATED ALWAYS AS (coalesce(b, '') || '!') STORED, n numeric NOT NULL DEFAULT 1, e int DEFAULT 5);
CREATE TABLE documents (id int PRIMARY KEY, doc jsonb NOT NULL, raw json, words tsvector, bits bit(1), flags varbit,
    amount numeric(6,2), ratio float8, day date NOT NULL, moment timestamptz NOT NULL DEFAULT now(), span interval,
    u uuid, ip inet, bin bytea, t time, names text[] NOT NULL, counts int[] NOT NULL DEFAULT '{}');
CREATE TABLE typed OF pt (x WITH OPTIONS NOT NULL);
