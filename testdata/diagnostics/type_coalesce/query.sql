-- name: Q :many
SELECT coalesce(title, id) FROM books;
