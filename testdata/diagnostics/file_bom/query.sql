-- name: Q :many
SELECT titel FROM books;
