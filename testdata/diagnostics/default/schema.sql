CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE authors (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    mood mood
);
CREATE TABLE books (
    id bigint PRIMARY KEY,
    author_id bigint NOT NULL REFERENCES authors,
    title text NOT NULL UNIQUE,
    pages integer,
    published date
);
