-- +goose Up
CREATE TABLE broken (id integer PRIMARY KEY, other nosuchtype);
CREATE TABLE broken2 (id integer PRIMARY KEY,);
INSERT INTO books VALUES (1, 1, 'a', 1), (1, 1, 'a', 1);
