CREATE TABLE t (n integer DEFAULT 'abc'::date);
