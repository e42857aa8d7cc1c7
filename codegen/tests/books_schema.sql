CREATE TYPE book_status AS ENUM ('draft', 'in print', 'sold-out', 'unknown');
CREATE TYPE page_size AS (height int, unit text);
CREATE DOMAIN isbn AS text CHECK (VALUE ~ '^[0-9-]+$');

CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    born int,
    CONSTRAINT sensible CHECK (born < 2100)
);

CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    isbn isbn UNIQUE,
    published date,
    status book_status NOT NULL,
    tags text[] NOT NULL,
    size page_size,
    CONSTRAINT sensible CHECK (title <> '')
);
