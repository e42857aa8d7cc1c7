-- name: Q :many
SELECT id AS n FROM books WHERE n = 1;
