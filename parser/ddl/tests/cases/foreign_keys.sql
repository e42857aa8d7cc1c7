CREATE TABLE author (id int PRIMARY KEY, name text UNIQUE, code text, born date, UNIQUE (name, born));
CREATE UNIQUE INDEX author_code ON author (code);
CREATE UNIQUE INDEX author_partial ON author (born) WHERE born > '1900-01-01';
CREATE TABLE book (
    id int PRIMARY KEY,
    author int REFERENCES author,
    name text REFERENCES author (name) ON DELETE SET NULL ON UPDATE CASCADE,
    born date,
    FOREIGN KEY (name, born) REFERENCES author (name, born) MATCH FULL DEFERRABLE,
    sequel_of int REFERENCES book ON DELETE CASCADE
);
ALTER TABLE book ADD COLUMN code text REFERENCES author (code);
ALTER TABLE book ADD CONSTRAINT by_author FOREIGN KEY (author) REFERENCES author NOT VALID;
ALTER TABLE book VALIDATE CONSTRAINT by_author;
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES author (born);
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES author (nosuch);
ALTER TABLE book ADD FOREIGN KEY (nosuch) REFERENCES author;
ALTER TABLE book ADD FOREIGN KEY (author, born) REFERENCES author;
ALTER TABLE book ADD FOREIGN KEY (born) REFERENCES author;
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES nosuch;
ALTER TABLE book ADD CONSTRAINT by_author FOREIGN KEY (author) REFERENCES author;
CREATE TABLE nokey (a int);
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES nokey;
CREATE VIEW v AS SELECT 1 AS a;
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES v (a);
CREATE TEMP TABLE t (a int REFERENCES author);
CREATE TABLE deferred_key (a int UNIQUE DEFERRABLE);
ALTER TABLE book ADD FOREIGN KEY (author) REFERENCES deferred_key (a);
CREATE TABLE wide (a bigint REFERENCES author, b smallint REFERENCES author, c numeric REFERENCES author);
CREATE TABLE wide2 (a varchar(10) REFERENCES author (name), b name REFERENCES author (name));
CREATE DOMAIN author_id AS int;
CREATE TABLE domains (a author_id REFERENCES author);
CREATE TABLE generating (a int, b int GENERATED ALWAYS AS (a) STORED REFERENCES author ON DELETE SET NULL);
ALTER TABLE book ALTER CONSTRAINT by_author DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE book ALTER CONSTRAINT book_pkey DEFERRABLE;
ALTER TABLE author DROP CONSTRAINT author_pkey;
ALTER TABLE author DROP CONSTRAINT author_name_key CASCADE;
DROP TABLE author;
DROP TABLE author CASCADE;
ALTER TABLE book DROP CONSTRAINT nosuch;
ALTER TABLE book DROP CONSTRAINT IF EXISTS nosuch;
