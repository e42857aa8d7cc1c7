CREATE TABLE a (x int);

---- create above / drop below ----

DROP TABLE a;
