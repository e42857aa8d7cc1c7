CREATE TABLE t (id bigint);
CREATE TABLE t (id bigint);
