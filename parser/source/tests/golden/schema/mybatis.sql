-- // create a
-- Migration SQL that makes the change goes here.
CREATE TABLE a (x int);

-- //@UNDO
DROP TABLE a;
