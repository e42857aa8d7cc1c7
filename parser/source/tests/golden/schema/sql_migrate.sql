-- +migrate Up notransaction
CREATE TABLE a (x int);
-- +migrate Down
DROP TABLE a;
-- +migrate Up
CREATE TABLE b (x int);
