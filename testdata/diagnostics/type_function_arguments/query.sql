-- name: Q :many
SELECT lower(id) FROM books;
