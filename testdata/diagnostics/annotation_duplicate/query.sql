-- name: GetBook :many
SELECT id FROM books;

-- name: GetBook :many
SELECT title FROM books;
