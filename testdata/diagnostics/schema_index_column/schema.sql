CREATE TABLE t (id bigint);
CREATE INDEX ON t (ident);
