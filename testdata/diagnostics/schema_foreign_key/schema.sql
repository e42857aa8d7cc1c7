CREATE TABLE a (id bigint);
CREATE TABLE b (a_id bigint REFERENCES a (id));
