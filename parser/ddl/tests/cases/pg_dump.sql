-- As pg_dump writes a schema.
SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET row_security = off;
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM (
    'sad',
    'happy'
);
ALTER TYPE app.mood OWNER TO CURRENT_USER;
CREATE FUNCTION app.touched() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$;
CREATE FUNCTION app.later() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM app.person $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE app.person (
    id bigint NOT NULL,
    name text NOT NULL,
    mood app.mood DEFAULT 'happy'::app.mood NOT NULL,
    at timestamp with time zone DEFAULT now(),
    CONSTRAINT named CHECK ((name <> ''::text))
);
ALTER TABLE app.person OWNER TO CURRENT_USER;
COMMENT ON TABLE app.person IS 'who';
CREATE SEQUENCE app.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE app.person_id_seq OWNED BY app.person.id;
CREATE TABLE app.log (
    id integer NOT NULL,
    person bigint,
    at date NOT NULL
)
PARTITION BY RANGE (at);
ALTER TABLE app.log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME app.log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE app.log_2020 (
    id integer NOT NULL,
    person bigint,
    at date NOT NULL
);
CREATE VIEW app.happy AS
 SELECT person.id,
    person.name
   FROM app.person
  WHERE (person.mood = 'happy'::app.mood);
CREATE MATERIALIZED VIEW app.counts AS
 SELECT person.mood,
    count(*) AS count
   FROM app.person
  GROUP BY person.mood
  WITH NO DATA;
ALTER TABLE ONLY app.log ATTACH PARTITION app.log_2020 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
ALTER TABLE ONLY app.person ALTER COLUMN id SET DEFAULT nextval('app.person_id_seq'::regclass);
ALTER TABLE ONLY app.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);
CREATE INDEX log_at_idx ON ONLY app.log USING btree (at);
CREATE INDEX log_2020_at_idx ON app.log_2020 USING btree (at);
CREATE UNIQUE INDEX person_lower_idx ON app.person USING btree (lower(name));
ALTER INDEX app.log_at_idx ATTACH PARTITION app.log_2020_at_idx;
CREATE TRIGGER touch BEFORE UPDATE ON app.person FOR EACH ROW EXECUTE FUNCTION app.touched();
ALTER TABLE app.log
    ADD CONSTRAINT log_person_fkey FOREIGN KEY (person) REFERENCES app.person(id) ON DELETE CASCADE;
REVOKE ALL ON SCHEMA app FROM PUBLIC;
REFRESH MATERIALIZED VIEW app.counts;
