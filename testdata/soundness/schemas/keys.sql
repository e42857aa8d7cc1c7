-- Keys of every kind: which of them make a row the only one of its value?
CREATE TABLE plain (id int PRIMARY KEY, a int, b text, c int NOT NULL, d bigint, j jsonb, tags text[], nums int[]);
CREATE TABLE pair (a int, b text, x int, y text NOT NULL, PRIMARY KEY (a, b));
CREATE TABLE maybe (id bigint UNIQUE, code text UNIQUE, n int, UNIQUE (n, code));
CREATE TABLE distinct_nulls (id int, a int, b int, UNIQUE NULLS NOT DISTINCT (a), UNIQUE NULLS NOT DISTINCT (id, b));
CREATE TABLE partly (id int NOT NULL, live bool, name text, gone date);
CREATE UNIQUE INDEX partly_live ON partly (id) WHERE live;
CREATE UNIQUE INDEX partly_name ON partly (name) WHERE gone IS NULL;
CREATE TABLE computed (id int NOT NULL, name text, CHECK (name IS NULL OR name <> 'zz'));
CREATE UNIQUE INDEX computed_lower ON computed (lower(name));
CREATE UNIQUE INDEX computed_both ON computed (id, (upper(name)));
CREATE TABLE late (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, n int UNIQUE DEFERRABLE, t text);
CREATE TABLE excluded_rows (id int, during int4range, EXCLUDE USING gist (during WITH &&));
CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE collated (name text PRIMARY KEY, folded text COLLATE blind UNIQUE, n int);
CREATE TABLE covering (id int, a int, UNIQUE (id) INCLUDE (a));
CREATE TABLE hashed (id int, v text);
CREATE UNIQUE INDEX hashed_desc ON hashed (id DESC NULLS LAST);
CREATE TABLE numbers (n numeric PRIMARY KEY, i8 bigint UNIQUE, f float8 UNIQUE, c char(3) UNIQUE, v varchar(5) UNIQUE);
