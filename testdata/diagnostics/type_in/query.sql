-- name: Q :many
SELECT id FROM books WHERE id IN ('a', title);
