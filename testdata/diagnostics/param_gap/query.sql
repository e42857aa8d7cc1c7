-- name: Q :many
SELECT id FROM books WHERE id = $2;
