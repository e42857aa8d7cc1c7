-- name: Both :many
SELECT sqlc.embed(keepers), sqlc.embed(animals) FROM keepers JOIN animals ON animals.keeper = keepers.id;

-- name: Aliases :many
SELECT sqlc.embed(k), sqlc.embed(m), a.name FROM animals a
JOIN keepers k ON k.id = a.keeper
LEFT JOIN keepers m ON m.id = k.mentor;

-- An alias names the struct within the row; the server does not see it.
-- name: Renamed :many
SELECT sqlc.embed(k) AS owner, sqlc.embed('m') mentor, sqlc.embed(a) AS "Animal" FROM animals a
JOIN keepers k ON k.id = a.keeper
LEFT JOIN keepers m ON m.id = k.mentor;

-- name: Added :one
INSERT INTO keepers (name) VALUES ($1) RETURNING sqlc.embed(keepers), (xmax = 0) AS added;

-- A sub-query or WITH item that hands on all columns of a table can be embedded like the table.
-- name: FromWith :many
WITH found AS (SELECT * FROM animals WHERE fee > $1)
SELECT sqlc.embed(found), keepers.name AS keeper_name FROM found JOIN keepers ON keepers.id = found.keeper;

-- name: FromInsert :one
WITH added AS (INSERT INTO keepers (name) VALUES ($1) RETURNING *)
SELECT sqlc.embed(added) AS keeper, (SELECT count(*) FROM keepers) AS before FROM added;

-- name: FromLateral :many
SELECT sqlc.embed(k), sqlc.embed(latest) FROM keepers k
LEFT JOIN LATERAL (SELECT * FROM animals WHERE keeper = k.id ORDER BY taken_in DESC LIMIT 1) latest ON true;
