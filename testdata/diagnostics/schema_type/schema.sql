CREATE TABLE t (
    id bigserail PRIMARY KEY
);
