CREATE TABLE authors (id bigint PRIMARY KEY, name text NOT NULL);
CREATE FUNCTION add_column(tab text, col text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ADD COLUMN %I text', tab, col);
END $$;
DO $$
BEGIN
    ALTER TABLE authors ADD COLUMN name text;
EXCEPTION WHEN duplicate_column THEN
    ALTER TABLE writers ADD COLUMN name text;
END $$;
DO $$ BEGIN PERFORM add_column('authors', 'name'); END $$;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'authors' AND column_name = 'alias') THEN
        RAISE EXCEPTION 'authors has no % yet', 'alias' USING ERRCODE = 'undefined_column';
    END IF;
END $$;
