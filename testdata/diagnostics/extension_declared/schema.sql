CREATE SCHEMA ext;
CREATE EXTENSION vector SCHEMA ext;
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE items (id int PRIMARY KEY, place ext.vector NOT NULL);
CREATE VIEW near AS SELECT id, place OPERATOR(ext.<->) '[1]' AS distance FROM items;
DROP FUNCTION ext.l2_distance;
DROP EXTENSION vector;
CREATE EXTENSION broken;
