CREATE TABLE t (id bigint);
CREATE VIEW v AS SELECT ident FROM t;
