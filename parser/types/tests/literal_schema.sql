-- What literals.txt names beside built-in types; literal_cases.c makes the same in a catalog.
drop schema if exists lit cascade;
create schema lit;
create type lit.mood as enum ('sad', 'ok', 'happy');
create domain lit.short as varchar(3);
create domain lit.fixed as char(3);
create domain lit.price as numeric(4,2);
create domain lit.big as numeric(4,-2);
create domain lit.flags as bit(3);
create domain lit.marks as varbit(3);
create domain lit.needed as int4 not null;
create type lit.pair as (id int4, label varchar(5), mood lit.mood);
create type lit.nest as (pair lit.pair, list int4[], span int4range, need lit.needed);
create type lit.floatrange as range (subtype = float8);

-- The server's answer to a literal: SQLSTATE, message and detail, or ok.
create function lit.answer(type_name text, literal text) returns text[] language plpgsql as $$
declare
    message text;
    detail text;
begin
    execute format('select %L::%s', literal, type_name);
    return array['ok', '', ''];
exception when others then
    get stacked diagnostics message = message_text, detail = pg_exception_detail;
    return array[sqlstate, message, detail];
end $$;
