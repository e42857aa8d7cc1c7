-- name: Q :many
SELECT id FROM books WHERE (id, title) = (1, 2, 3);
