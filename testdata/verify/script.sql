CREATE TABLE t (a int);

SELECT a, $1 + a FROM t;

SELECT nosuch FROM t;
