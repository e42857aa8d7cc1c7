CREATE TABLE publishers (id int PRIMARY KEY, name text NOT NULL, city text);
CREATE TABLE titles (
    id int PRIMARY KEY,
    title text NOT NULL,
    publisher_id int REFERENCES publishers,
    first_id int NOT NULL REFERENCES publishers
);
