-- name: :one
SELECT id FROM books;
