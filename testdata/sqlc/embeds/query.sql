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
