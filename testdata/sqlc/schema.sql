CREATE TYPE species AS ENUM ('cat', 'dog', 'hare');

CREATE TABLE keepers (
    id bigserial PRIMARY KEY,
    name text NOT NULL,
    email varchar(100) UNIQUE,
    mentor bigint REFERENCES keepers
);

CREATE TABLE animals (
    id bigserial PRIMARY KEY,
    keeper bigint NOT NULL REFERENCES keepers,
    name text NOT NULL,
    kind species NOT NULL DEFAULT 'cat',
    tags text[] NOT NULL DEFAULT '{}',
    fee numeric(8, 2),
    born date,
    facts jsonb NOT NULL DEFAULT '{}',
    words tsvector,
    taken_in timestamptz NOT NULL DEFAULT now(),
    UNIQUE (keeper, name)
);

-- Without names for its arguments, and with them.
CREATE FUNCTION rank_of(bigint, text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION animals_of(keeper_id bigint, wanted species DEFAULT 'cat') RETURNS TABLE (animal bigint, label text)
    LANGUAGE sql AS 'SELECT id, name FROM animals WHERE keeper = keeper_id AND kind = wanted';
