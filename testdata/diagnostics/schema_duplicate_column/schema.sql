CREATE TABLE t (id bigint, id text);
