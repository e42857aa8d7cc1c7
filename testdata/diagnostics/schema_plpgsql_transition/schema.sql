CREATE TABLE books (id bigint PRIMARY KEY, title text NOT NULL);
CREATE TABLE log (book bigint, at timestamptz NOT NULL DEFAULT now());

CREATE FUNCTION log_books() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log (book) SELECT id FROM added;
    RETURN NULL;
END $$;
-- The function of this one is given no such table.
CREATE FUNCTION log_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log (book) SELECT id FROM added;
    RETURN NEW;
END $$;

CREATE TRIGGER log_books AFTER INSERT ON books REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION log_books();
CREATE TRIGGER log_book BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION log_book();
