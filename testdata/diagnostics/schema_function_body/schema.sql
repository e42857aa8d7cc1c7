CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT nope FROM nowhere $$;
