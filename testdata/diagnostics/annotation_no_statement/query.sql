-- name: GetBook :many

-- name: ListBooks :many
SELECT id FROM books;
