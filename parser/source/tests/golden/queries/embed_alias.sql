-- name: Named :many
SELECT sqlc.embed(a) AS owner, sqlc.embed('B') "The Other", sqlc.embed(c), c.x FROM a, b, c;

-- name: Plain :many
SELECT sqlc.embed(a)
FROM a;

-- name: NoTable :many
SELECT sqlc.embed('a b', c) AS x FROM a;
