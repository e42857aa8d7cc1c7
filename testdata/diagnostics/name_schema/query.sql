-- name: Q :many
SELECT id FROM lib.books;
