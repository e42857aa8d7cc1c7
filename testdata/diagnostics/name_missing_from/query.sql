-- name: Q :many
SELECT authors.id FROM books;
