-- name: Q :many
SELECT books.id FROM books b;
