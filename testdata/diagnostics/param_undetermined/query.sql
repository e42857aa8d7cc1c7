-- name: Q :many
SELECT $1 IS NULL;
