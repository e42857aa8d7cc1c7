CREATE TABLE t (
    id bigint GENERATED ALWAYS AS IDENTITY,
    a integer,
    b integer GENERATED ALWAYS AS (a * 2) STORED
);
