-- name: Q :many
SELECT id + title FROM books;
