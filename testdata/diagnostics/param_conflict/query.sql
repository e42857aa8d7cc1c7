-- name: Q :many
SELECT id FROM books WHERE id = $1 AND title = $1;
