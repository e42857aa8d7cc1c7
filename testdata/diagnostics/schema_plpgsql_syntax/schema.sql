CREATE TABLE books (id bigint PRIMARY KEY);
CREATE FUNCTION count_books() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    SELECT count(*) INTO m FROM books;
    RETURN n;
END $$;
CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    IF true RETURN 1; END IF;
END $$;
CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x moood; BEGIN RETURN 1 +; END $$;
CREATE FUNCTION three() RETURNS int LANGUAGE plpgsql AS $$ DECLARE x moood; BEGIN RETURN 1; END $$;
