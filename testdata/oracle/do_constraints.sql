-- Constraints found by name in bodies.
CREATE TABLE p (a int PRIMARY KEY, b int CONSTRAINT bpos CHECK (b > 0)) PARTITION BY RANGE (a);

CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);

CREATE TABLE q (a int CONSTRAINT old_name UNIQUE, c int, EXCLUDE USING btree (c WITH =));

ALTER TABLE q RENAME CONSTRAINT old_name TO new_name;

CREATE DOMAIN d AS int CONSTRAINT dc CHECK (VALUE > 0);

ALTER DOMAIN d RENAME CONSTRAINT dc TO dc2;

CREATE TABLE l (LIKE q INCLUDING ALL);

CREATE TABLE ch (x int) INHERITS (q);

ALTER TABLE q ADD CONSTRAINT inherited_check CHECK (c > 1);

CREATE UNIQUE INDEX qi ON q (c);

ALTER TABLE q ADD CONSTRAINT from_index UNIQUE USING INDEX qi;

CREATE TABLE fk (a int REFERENCES q (a), b int REFERENCES p);

CREATE CONSTRAINT TRIGGER ctr AFTER INSERT ON q FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();

ALTER INDEX q_c_excl RENAME TO renamed_excl;

CREATE TABLE seen (z int);

DO $$ DECLARE n text; BEGIN
FOREACH n IN ARRAY ARRAY['p_pkey','p1_pkey','bpos','old_name','new_name','dc','dc2','l_a_key','l_c_excl','inherited_check','qi','from_index','fk_a_fkey','fk_b_fkey','renamed_excl','q_c_excl','pg_type_oid_index'] LOOP
 IF EXISTS (SELECT FROM pg_constraint WHERE conname = n) THEN EXECUTE format('ALTER TABLE seen ADD COLUMN %I int', n || (SELECT count(*) FROM pg_constraint WHERE conname = n)); END IF;
 IF EXISTS (SELECT FROM information_schema.table_constraints WHERE constraint_name = n) THEN EXECUTE format('ALTER TABLE seen ADD COLUMN %I int', 'i' || n); END IF;
END LOOP; END $$;

SELECT * FROM seen;
