CREATE TABLE authors (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE tenants (name text PRIMARY KEY);
DO $$
DECLARE
    tenant record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN
        CREATE TYPE mood AS ENUM ('sad', 'ok');
    END IF;
    IF EXISTS (SELECT FROM authors WHERE name = '') THEN
        ALTER TABLE authors ADD COLUMN alias text;
    END IF;
    FOR tenant IN SELECT name FROM tenants LOOP
        EXECUTE format('CREATE TABLE %I (id bigint)', tenant.name);
    END LOOP;
END $$;
CREATE FUNCTION add_column(tab text, col text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ADD COLUMN %I mood', tab, col);
END $$;
SELECT add_column('authors', 'feels');
SELECT add_column('tenants', name) FROM authors;
DO $$
DECLARE
    wanted text := current_setting('app.column');
BEGIN
    EXECUTE 'ALTER TABLE authors ADD COLUMN ' || quote_ident(wanted) || ' text';
END $$;
