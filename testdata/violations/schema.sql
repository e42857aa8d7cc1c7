CREATE DOMAIN code AS text CHECK (VALUE ~ '^[a-z]+$');
CREATE DOMAIN sure AS int NOT NULL;

CREATE TABLE parents (
    id int PRIMARY KEY,
    code code UNIQUE,
    name text NOT NULL DEFAULT 'x',
    size int CHECK (size > 0),
    EXCLUDE USING btree (name WITH =)
);
CREATE UNIQUE INDEX parents_size_idx ON parents (size) WHERE size > 10;

CREATE TABLE keepers (id int PRIMARY KEY, parent int NOT NULL REFERENCES parents);
CREATE TABLE followers (id int PRIMARY KEY, parent int REFERENCES parents ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE followers_of_followers (follower int REFERENCES followers ON DELETE RESTRICT);
CREATE TABLE orphans (
    id int PRIMARY KEY,
    parent int NOT NULL CONSTRAINT orphans_parent REFERENCES parents (id) ON DELETE SET NULL,
    CHECK (parent IS DISTINCT FROM 13)
);

CREATE TABLE parts (id int NOT NULL, kind text NOT NULL, CHECK (id > 0), PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE parts_a PARTITION OF parts (CONSTRAINT small CHECK (id < 100)) FOR VALUES IN ('a');

CREATE TABLE bases (id int, CONSTRAINT base CHECK (id <> 1));
CREATE TABLE heirs (extra int CONSTRAINT extra CHECK (extra > 0)) INHERITS (bases);
ALTER TABLE heirs ADD CONSTRAINT own CHECK (id <> 2);

CREATE VIEW parents_view AS SELECT id, code, name FROM parents;
CREATE VIEW ruled AS SELECT id FROM keepers;
CREATE RULE instead AS ON INSERT TO ruled DO INSTEAD INSERT INTO keepers VALUES (new.id, new.id);

INSERT INTO parents VALUES (1, 'one', 'a', 1), (2, 'two', 'b', 2), (3, 'three', 'c', 30), (4, 'four', 'd', 4), (5, 'five', 'e', 5);
INSERT INTO keepers VALUES (1, 1);
INSERT INTO followers VALUES (2, 2);
INSERT INTO followers_of_followers VALUES (2);
INSERT INTO orphans VALUES (3, 3);
INSERT INTO heirs VALUES (5, 1);
INSERT INTO parts VALUES (1, 'a');
