-- Conditions over the system catalogs in DO blocks: each that holds leaves a column.
CREATE SCHEMA app;

CREATE TABLE app.orders (id int PRIMARY KEY, note text, amount numeric(10,2) DEFAULT 0);

CREATE TABLE items (id int PRIMARY KEY, order_id int CONSTRAINT items_order_fk REFERENCES app.orders, label varchar(20) NOT NULL);

CREATE INDEX items_label_idx ON items (label);

CREATE TYPE state AS ENUM ('new', 'done');

CREATE VIEW open_items AS SELECT id FROM items;

CREATE SEQUENCE counter;

CREATE DOMAIN positive AS int CONSTRAINT is_positive CHECK (VALUE > 0);

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;

CREATE TRIGGER touch_items BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE seen (what text);

CREATE FUNCTION saw(what text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('ALTER TABLE seen ADD COLUMN %I int', what); END $$;

DO $$ BEGIN
 IF EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'app' AND c.relname = 'orders' AND c.relkind = 'r') THEN PERFORM saw('c1'); END IF;
 IF EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'app' AND c.relname = 'items') THEN PERFORM saw('c2'); END IF;
 IF EXISTS (SELECT FROM pg_tables WHERE schemaname = 'app' AND tablename = 'orders') THEN PERFORM saw('c3'); END IF;
 IF EXISTS (SELECT FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'open_items' AND table_type = 'BASE TABLE') THEN PERFORM saw('c4'); END IF;
 IF EXISTS (SELECT FROM information_schema.tables WHERE table_name = 'open_items') THEN PERFORM saw('c5'); END IF;
 IF EXISTS (SELECT FROM information_schema.views WHERE table_name = 'open_items') THEN PERFORM saw('c6'); END IF;
 IF (SELECT data_type FROM information_schema.columns WHERE table_name = 'items' AND column_name = 'label') = 'character varying' THEN PERFORM saw('c7'); END IF;
 IF (SELECT character_maximum_length FROM information_schema.columns WHERE table_name = 'items' AND column_name = 'label') = 20 THEN PERFORM saw('c8'); END IF;
 IF (SELECT is_nullable FROM information_schema.columns WHERE table_name = 'items' AND column_name = 'label') = 'YES' THEN PERFORM saw('c9'); END IF;
 IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'app.orders'::regclass AND attname = 'note' AND NOT attisdropped) THEN PERFORM saw('c10'); END IF;
 IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'app.orders'::regclass AND attname = 'missing' AND attnum > 0 AND NOT attisdropped) THEN PERFORM saw('c11'); END IF;
 IF EXISTS (SELECT FROM pg_trigger WHERE tgname = 'touch_items' AND tgrelid = 'items'::regclass) THEN PERFORM saw('c12'); END IF;
 IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'other' AND NOT tgisinternal) THEN PERFORM saw('c13'); END IF;
 IF EXISTS (SELECT FROM information_schema.table_constraints WHERE constraint_name = 'items_order_fk' AND constraint_type = 'FOREIGN KEY') THEN PERFORM saw('c14'); END IF;
 IF NOT EXISTS (SELECT FROM information_schema.table_constraints WHERE constraint_name = 'nope' AND table_name = 'items') THEN PERFORM saw('c15'); END IF;
 IF EXISTS (SELECT FROM pg_constraint WHERE conname = 'is_positive') THEN PERFORM saw('c16'); END IF;
 IF EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'items_label_idx') AND to_regclass('items_label_idx') IS NOT NULL THEN PERFORM saw('c17'); END IF;
 IF EXISTS (SELECT FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'state' AND e.enumlabel = 'done') THEN PERFORM saw('c18'); END IF;
 IF NOT EXISTS (SELECT FROM pg_enum WHERE enumtypid = 'state'::regtype AND enumlabel = 'gone') THEN PERFORM saw('c19'); END IF;
 IF EXISTS (SELECT FROM pg_proc p JOIN pg_namespace n ON p.pronamespace = n.oid WHERE proname = 'touch' AND nspname = 'public') THEN PERFORM saw('c20'); END IF;
 IF EXISTS (SELECT FROM pg_extension WHERE extname = 'plpgsql') THEN PERFORM saw('c21'); END IF;
 IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'hstore') THEN PERFORM saw('c22'); END IF;
 IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'app') THEN PERFORM saw('c23'); END IF;
 IF EXISTS (SELECT FROM information_schema.schemata WHERE schema_name = 'nosuch') THEN PERFORM saw('c24'); END IF;
 IF EXISTS (SELECT FROM information_schema.sequences WHERE sequence_name = 'counter') THEN PERFORM saw('c25'); END IF;
 IF EXISTS (SELECT FROM information_schema.triggers WHERE trigger_name = 'touch_items') THEN PERFORM saw('c26'); END IF;
 IF EXISTS (SELECT FROM information_schema.routines WHERE routine_name = 'touch' AND routine_schema = current_schema()) THEN PERFORM saw('c27'); END IF;
 IF EXISTS (SELECT FROM information_schema.columns WHERE table_catalog = current_database() AND table_schema = 'app' AND table_name = 'orders' AND column_name = 'amount' AND column_default IS NOT NULL) THEN PERFORM saw('c28'); ELSE PERFORM saw('no28'); END IF;
 IF EXISTS (SELECT FROM pg_type t WHERE t.typname = 'positive' AND t.typtype = 'd' AND pg_type_is_visible(t.oid)) THEN PERFORM saw('c29'); END IF;
 IF (SELECT count(*) FROM information_schema.columns WHERE table_schema = 'app' AND table_name = 'orders') = 3 THEN PERFORM saw('c30'); END IF;
 IF (SELECT count(*) FROM pg_tables WHERE schemaname = 'app') > 0 THEN PERFORM saw('c31'); END IF;
 IF 'label' IN (SELECT column_name FROM information_schema.columns WHERE table_name = 'items') THEN PERFORM saw('c32'); END IF;
 IF 'nolabel' NOT IN (SELECT column_name FROM information_schema.columns WHERE table_name = 'items') THEN PERFORM saw('c33'); END IF;
 IF EXISTS (SELECT FROM pg_type WHERE typname IN ('state', 'nosuch')) AND NOT EXISTS (SELECT FROM pg_type WHERE typname = ANY (ARRAY['nosuch', 'neither'])) THEN PERFORM saw('c34'); END IF;
 IF to_regtype('state') IS NOT NULL AND to_regtype('nostate') IS NULL AND to_regtype('integer') IS NOT NULL THEN PERFORM saw('c35'); END IF;
 IF to_regnamespace('app') IS NOT NULL AND to_regproc('touch') IS NOT NULL AND to_regclass('app.nosuch') IS NULL THEN PERFORM saw('c36'); END IF;
 IF (SELECT typname FROM pg_type WHERE oid = (SELECT atttypid FROM pg_attribute WHERE attrelid = 'items'::regclass AND attname = 'id')) = 'int4' THEN PERFORM saw('c37'); END IF;
 IF EXISTS (SELECT FROM information_schema.key_column_usage WHERE table_name = 'items' AND column_name = 'order_id') THEN PERFORM saw('c38'); END IF;
 IF version() LIKE 'PostgreSQL 15%' THEN PERFORM saw('c39'); END IF;
 IF EXISTS (SELECT 1 FROM pg_views WHERE viewname = 'open_items') THEN PERFORM saw('c40'); END IF;
 IF pg_get_serial_sequence('items', 'id') IS NULL THEN PERFORM saw('c41'); END IF;
 IF (SELECT relrowsecurity FROM pg_class WHERE oid = 'items'::regclass) THEN PERFORM saw('c42'); END IF;
 IF EXISTS (SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname = 'items_pkey' AND i.indisprimary) THEN PERFORM saw('c43'); END IF;
 IF NOT EXISTS (SELECT 1 FROM pg_index WHERE indrelid = 'items'::regclass AND NOT indisunique AND indisprimary) THEN PERFORM saw('c44'); END IF;
 IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'surely_not') THEN PERFORM saw('c45'); END IF;
 IF NOT EXISTS (SELECT FROM pg_matviews WHERE matviewname = 'x') THEN PERFORM saw('c46'); END IF;
 IF NOT EXISTS (SELECT FROM pg_policies WHERE policyname = 'p' AND tablename = 'items') THEN PERFORM saw('c47'); END IF;
 IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'items'::regclass) THEN PERFORM saw('c48'); END IF;
 IF (SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_name = 'items') = 'id,order_id,label' THEN PERFORM saw('c49'); END IF;
 IF NOT (SELECT bool_or(column_name = 'zzz') FROM information_schema.columns WHERE table_name = 'items') THEN PERFORM saw('c50'); END IF;
 IF EXISTS (SELECT FROM pg_constraint con LEFT JOIN pg_class rel ON rel.oid = con.conrelid WHERE rel.relname = 'items' AND con.contype = 'f' AND con.confrelid = 'app.orders'::regclass) THEN PERFORM saw('c51'); END IF;
 IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'items'::regclass AND contype = 'c') THEN PERFORM saw('c52'); END IF;
END $$;

SELECT * FROM seen;

SELECT table_name FROM information_schema.tables LIMIT 0;
