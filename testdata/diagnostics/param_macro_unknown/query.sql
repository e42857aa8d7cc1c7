-- name: Q :many
SELECT id FROM books WHERE id = sqlc.nargs(id);
