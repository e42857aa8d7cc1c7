-- Up Migration
CREATE TABLE a (x int);

-- Down Migration
DROP TABLE a;
