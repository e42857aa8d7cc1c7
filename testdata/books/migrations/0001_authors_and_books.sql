CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    born date
);

CREATE TYPE genre AS ENUM ('novel', 'poetry', 'essay');

CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL,
    genre genre NOT NULL DEFAULT 'novel',
    isbn text UNIQUE,
    added timestamptz NOT NULL DEFAULT now()
);
