-- name: Q :many
SELECT max(count(*)) FROM books;
