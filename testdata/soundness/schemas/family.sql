-- Foreign keys of every kind, and the joins along them.
CREATE TABLE grand (id int PRIMARY KEY, name text, code text UNIQUE);
CREATE TABLE parent (id int PRIMARY KEY, grand_id int NOT NULL REFERENCES grand, alt_id int REFERENCES grand, code text REFERENCES grand (code),
    label text, UNIQUE (id, grand_id));
CREATE TABLE child (id int PRIMARY KEY, parent_id int NOT NULL REFERENCES parent, other_id int REFERENCES parent, n int, at timestamptz, ok bool);
CREATE TABLE composite_child (id int, parent_id int NOT NULL, grand_id int NOT NULL, maybe_parent int, maybe_grand int,
    FOREIGN KEY (parent_id, grand_id) REFERENCES parent (id, grand_id),
    FOREIGN KEY (maybe_parent, maybe_grand) REFERENCES parent (id, grand_id) MATCH FULL);
CREATE TABLE half_child (id int, parent_id int NOT NULL, grand_id int,
    FOREIGN KEY (parent_id, grand_id) REFERENCES parent (id, grand_id));
CREATE TABLE late_child (id int PRIMARY KEY, parent_id int NOT NULL REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE able_child (id int PRIMARY KEY, parent_id int NOT NULL REFERENCES parent DEFERRABLE);
CREATE TABLE doubted_child (id int PRIMARY KEY, parent_id int NOT NULL);
ALTER TABLE doubted_child ADD CONSTRAINT doubted FOREIGN KEY (parent_id) REFERENCES parent NOT VALID;
-- The rows that were there before the constraint; called before each filling.
CREATE FUNCTION break_constraints() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE doubted_child DROP CONSTRAINT doubted;
    INSERT INTO doubted_child VALUES (1, 99), (2, 98);
    ALTER TABLE doubted_child ADD CONSTRAINT doubted FOREIGN KEY (parent_id) REFERENCES parent NOT VALID;
END $$;
CREATE TABLE node (id int PRIMARY KEY, up int REFERENCES node, root int NOT NULL REFERENCES node, name text);
CREATE TABLE base (id int PRIMARY KEY, v text NOT NULL);
CREATE TABLE derived (extra int) INHERITS (base);
CREATE TABLE pointing (id int, base_id int NOT NULL REFERENCES base);
CREATE TABLE pointing_more (more text) INHERITS (pointing);
CREATE TABLE link (a int NOT NULL REFERENCES parent, b int NOT NULL REFERENCES child, w int, PRIMARY KEY (a, b));
