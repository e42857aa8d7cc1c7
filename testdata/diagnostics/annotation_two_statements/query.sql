-- name: GetBook :many
SELECT id FROM books; SELECT title FROM books;
