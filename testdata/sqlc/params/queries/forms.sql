-- sqlc.arg, sqlc.narg and @, mixed with numbers; one name is one parameter.
-- name: Mixed :many
SELECT id FROM animals
WHERE keeper = $1 AND (sqlc.narg('kind')::species IS NULL OR kind = sqlc.narg(kind)) AND name = sqlc.arg("Name")
    AND fee > @min_fee AND (@min_fee = 0 OR born IS NOT NULL);

-- name: Partial :one
UPDATE animals SET
    name = coalesce(sqlc.narg('name'), name),
    fee = CASE WHEN @set_fee::bool THEN @fee ELSE fee END,
    born = coalesce(sqlc.narg(born), born)
WHERE id = @id
RETURNING *;

-- name: Loud :many
SELECT SQLC.EMBED(k), count(*) OVER () AS total FROM keepers k WHERE name = SQLC.ARG(name) LIMIT @limit;

/* name: CStyle :one */
/* @sqlc-vet-disable sqlc/db-prepare no-delete */
SELECT name FROM keepers WHERE id = @id;

--name: Tight :exec
DELETE FROM animals WHERE id = @id;

-- name: Copy :copyfrom
INSERT INTO animals (keeper, name, kind) VALUES (@keeper, sqlc.arg(name), $3);

-- name: Batch :batchone
-- @param keeper whose it is; documentation, since it says nothing about NULL
INSERT INTO animals (keeper, name) VALUES ($1, $2) RETURNING id
