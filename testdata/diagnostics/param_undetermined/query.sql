-- name: Q :many
SELECT $1;
