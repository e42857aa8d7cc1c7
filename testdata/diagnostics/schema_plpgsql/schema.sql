CREATE TABLE books (id bigint PRIMARY KEY, title text NOT NULL, updated_at timestamptz);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated := now();
    IF OLD.titel <> NEW.title THEN
        INSERT INTO changes (book) VALUES (NEW.id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION touch();
CREATE FUNCTION longest(least_pages int) RETURNS TABLE (name varchar) LANGUAGE plpgsql AS '
DECLARE
    found_row books%ROWTYPE;
    any_row record;
BEGIN
    FOR any_row IN SELECT * FROM books LOOP
        RAISE NOTICE ''% %'', any_row.whatever, found_row.title;
    END LOOP;
    CREATE TEMP TABLE seen (id bigint);
    INSERT INTO seen SELECT id FROM books WHERE page_count > least_pages;
    RETURN QUERY SELECT title FROM books WHERE title <> ''x'' AND lenght(title) > least_pages;
    RETURN QUERY SELECT title FROM books;
END';
DO $$ BEGIN DELETE FROM book WHERE id = 1; END $$;
