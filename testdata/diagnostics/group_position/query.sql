-- name: Q :many
SELECT id FROM books ORDER BY 2;
