CREATE EXTENSION vector;
CREATE EXTENSION hstore VERSION '9.9';
CREATE EXTENSION citext VERSION '1.4';
CREATE EXTENSION earthdistance;
CREATE EXTENSION postgis;
ALTER EXTENSION citext UPDATE TO '1.3';
ALTER EXTENSION postgis SET SCHEMA public;
CREATE TABLE places (id int, at geometry(Point, 4326), tags hstor);
