-- name: Q :many
SELECT count(id FROM books;
