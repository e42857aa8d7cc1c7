-- name: Q :many
SELECT id, titel FROM books WHERE id = $1;
