-- rambler up
CREATE TABLE a (x int);
-- rambler up
CREATE TABLE b (y int);

-- rambler down
DROP TABLE b;
-- rambler down
DROP TABLE a;
