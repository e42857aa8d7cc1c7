-- name: Q :many
SELECT DISTINCT title FROM books ORDER BY id;
