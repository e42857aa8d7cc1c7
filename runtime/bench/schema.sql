CREATE TABLE item (
    id int8 PRIMARY KEY,
    name text NOT NULL,
    created timestamptz NOT NULL,
    weight float8 NOT NULL,
    active bool NOT NULL
);
CREATE TABLE wide (
    id int8 NOT NULL,
    body text NOT NULL
);
CREATE TABLE sink (
    id int8 NOT NULL,
    name text NOT NULL,
    weight float8 NOT NULL
);
