-- name: Q :many
SELECT id FROM books WHERE id = sqlc.arg(1 + 2);
