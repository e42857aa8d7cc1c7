-- name: Q :many
SELECT "id FROM books;
