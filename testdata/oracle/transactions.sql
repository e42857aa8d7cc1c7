-- Transactions and savepoints take DDL, settings and names back.
CREATE TABLE accounts (i int);

BEGIN;

CREATE TABLE brackets (i int);

SAVEPOINT s1;

CREATE TABLE crates (i int);

SAVEPOINT s2;

ALTER TABLE accounts ADD COLUMN j text;

SELECT j FROM accounts;

ROLLBACK TO s1;

SELECT j FROM accounts;

SELECT * FROM crates;

ROLLBACK TO SAVEPOINT s1;

CREATE TABLE crates (k text);

SELECT * FROM crates;

ROLLBACK TO s2;

SELECT * FROM crates;

ROLLBACK TO s1;

RELEASE s1;

ROLLBACK TO s1;

COMMIT;

SELECT * FROM brackets;

BEGIN;

DROP TABLE accounts;

SELECT * FROM accounts;

CREATE TABLE never (i int);

SAVEPOINT x;

COMMIT;

SELECT * FROM accounts;

BEGIN;

CREATE TABLE drums (i int);

COMMIT AND CHAIN;

CREATE TABLE engines (i int);

ROLLBACK AND CHAIN;

CREATE TABLE flags (i int);

ROLLBACK;

SELECT * FROM drums;

SELECT * FROM engines;

SELECT * FROM flags;

COMMIT AND CHAIN;

ROLLBACK AND CHAIN;

SAVEPOINT outside;

ROLLBACK TO outside;

RELEASE outside;

BEGIN;

CREATE TEMP TABLE dropped_on_commit (i int) ON COMMIT DROP;

CREATE TEMP TABLE emptied (i int) ON COMMIT DELETE ROWS;

SELECT * FROM dropped_on_commit;

COMMIT;

SELECT * FROM dropped_on_commit;

SELECT * FROM emptied;

CREATE SCHEMA s;

CREATE TABLE s.st (x int);

BEGIN;

SET LOCAL search_path TO s;

SELECT * FROM st;

COMMIT;

SELECT * FROM st;

BEGIN;

SET search_path TO s;

SELECT * FROM st;

ROLLBACK;

SELECT * FROM st;

BEGIN;

SET search_path TO s;

SAVEPOINT p;

SET search_path TO public;

SELECT * FROM st;

ROLLBACK TO p;

SELECT * FROM st;

COMMIT;

SELECT * FROM st;

RESET search_path;

BEGIN;

PREPARE pr AS SELECT 1 AS one;

ROLLBACK;

EXECUTE pr;

DEALLOCATE pr;

BEGIN;

PREPARE pr2 (int) AS SELECT $1 AS one;

SELECT 1/nosuch;

ROLLBACK;

EXECUTE pr2 (3);

EXECUTE pr2;

BEGIN;

CREATE TYPE mood AS ENUM ('a');

ALTER TYPE mood ADD VALUE 'b';

SELECT 'b'::mood;

ROLLBACK;

CREATE TYPE mood AS ENUM ('a');

BEGIN;

ALTER TYPE mood ADD VALUE 'c';

SAVEPOINT q;

ALTER TYPE mood RENAME TO temper;

SELECT 'a'::mood;

ROLLBACK TO q;

SELECT 'a'::mood;

COMMIT;

SELECT 'c'::mood;

BEGIN;

SAVEPOINT a;

CREATE TABLE outer_one (i int);

SAVEPOINT a;

CREATE TABLE innermost (i int);

ROLLBACK TO a;

SELECT * FROM innermost;

ROLLBACK TO a;

SELECT * FROM outer_one;

RELEASE a;

ROLLBACK TO a;

SELECT * FROM outer_one;

ROLLBACK;

BEGIN;

SAVEPOINT a;

SELECT nosuch;

SELECT 1 AS x;

RELEASE a;

ROLLBACK TO a;

SELECT 1 AS x;

END;

ABORT;

START TRANSACTION ISOLATION LEVEL SERIALIZABLE;

BEGIN;

CREATE INDEX CONCURRENTLY ON accounts (i);

ROLLBACK;

BEGIN;

CREATE FUNCTION fx() RETURNS int LANGUAGE sql AS 'SELECT 1';

SELECT fx();

ROLLBACK;

SELECT fx();

BEGIN;

DECLARE cu CURSOR FOR SELECT * FROM accounts;

FETCH cu;

COMMIT;

BEGIN;

CREATE EXTENSION hstore;

SELECT 'a=>1'::hstore;

ROLLBACK;

SELECT 'a=>1'::hstore;

BEGIN;

DROP TABLE accounts, brackets;

CREATE VIEW accounts AS SELECT 1 AS v;

SELECT * FROM accounts;

ROLLBACK;

SELECT * FROM accounts;

BEGIN;

SET CONSTRAINTS ALL DEFERRED;

VACUUM accounts;

ROLLBACK;

COMMIT;
