CREATE TABLE t (id bigint CHECK (id));
