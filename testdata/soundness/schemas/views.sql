-- Views, rules and triggers: rows that are not what was written.
CREATE TABLE t (id int PRIMARY KEY, a int, b text NOT NULL, c int NOT NULL DEFAULT 0, d date);
CREATE TABLE u (id int PRIMARY KEY, t_id int REFERENCES t, note text, n int NOT NULL);
CREATE VIEW filtered AS SELECT id, a, b, d FROM t WHERE a IS NOT NULL;
CREATE VIEW guarded WITH (security_barrier) AS SELECT id, a, b FROM t WHERE d > '2020-01-01' AND a > 0;
CREATE VIEW checked_view AS SELECT id, a, b FROM t WHERE a > 1 WITH CHECK OPTION;
CREATE VIEW joined AS SELECT t.id, t.b, u.id AS u_id, u.note, u.n FROM t LEFT JOIN u ON u.t_id = t.id;
CREATE VIEW counted AS SELECT count(*) AS n, sum(a) AS total, max(b) AS top FROM t;
CREATE VIEW first_row AS SELECT id, a FROM t ORDER BY id LIMIT 1;
CREATE VIEW nested AS SELECT f.id, f.a, j.n FROM filtered f LEFT JOIN joined j USING (id);
CREATE MATERIALIZED VIEW stored AS SELECT id, a, b FROM t WHERE a IS NOT NULL;
CREATE UNIQUE INDEX stored_id ON stored (id);
CREATE TABLE trig (id int PRIMARY KEY, a int, b int NOT NULL, note text);
CREATE FUNCTION trig_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = 3 THEN RETURN NULL; END IF;
    IF NEW.b IS NULL THEN NEW.b := 7; END IF;
    NEW.a := NULLIF(NEW.a, 1);
    NEW.note := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER trig_change BEFORE INSERT OR UPDATE ON trig FOR EACH ROW EXECUTE FUNCTION trig_change();
CREATE TABLE skipping (id int PRIMARY KEY, v int);
CREATE FUNCTION skip_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER skip_update BEFORE UPDATE ON skipping FOR EACH ROW EXECUTE FUNCTION skip_update();
CREATE VIEW over_trig AS SELECT id, a, b FROM trig;
CREATE VIEW instead AS SELECT id, a, b FROM t;
CREATE FUNCTION instead_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = 2 THEN RETURN NULL; END IF;
    NEW.b := NULL;
    NEW.id := NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER instead_change INSTEAD OF INSERT OR UPDATE ON instead FOR EACH ROW EXECUTE FUNCTION instead_change();
CREATE TABLE log (id int PRIMARY KEY, what text NOT NULL, n int);
CREATE TABLE logged (id int PRIMARY KEY, what text NOT NULL);
CREATE RULE logged_insert AS ON INSERT TO logged DO INSTEAD
    INSERT INTO log SELECT g, NEW.what, NULL FROM generate_series(NEW.id, NEW.id + 2) g RETURNING n, what;
CREATE RULE logged_delete AS ON DELETE TO logged DO INSTEAD NOTHING;
CREATE TABLE also (id int PRIMARY KEY, v text);
CREATE RULE also_insert AS ON INSERT TO also DO ALSO INSERT INTO log VALUES (NEW.id, coalesce(NEW.v, 'x'), 1);
CREATE VIEW ruled AS SELECT id, what FROM log;
CREATE RULE ruled_update AS ON UPDATE TO ruled DO INSTEAD UPDATE log SET n = NEW.id RETURNING n, what;
