CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE authors (id integer PRIMARY KEY, handle text, mood text, tags text[]);
CREATE TABLE books (id integer PRIMARY KEY, author_id bigint NOT NULL, title text NOT NULL, price numeric(10,2));
