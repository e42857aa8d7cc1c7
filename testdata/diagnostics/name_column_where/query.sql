-- name: Q :many
SELECT id FROM books WHERE author = 1;
