-- +goose Up
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN handle AS text CHECK (VALUE <> '');
CREATE TABLE authors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handle handle NOT NULL,
    mood mood,
    tags text[] NOT NULL DEFAULT '{}'
);
GRANT SELECT ON authors TO reader;
INSERT INTO authors (handle) VALUES ('anonymous');

-- +goose Down
DROP TABLE authors;
