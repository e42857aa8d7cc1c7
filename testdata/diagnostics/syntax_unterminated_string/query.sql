-- name: Q :many
SELECT id FROM books WHERE title = 'abc;
