-- name: GetBook :one
SELECT * FROM books WHERE id = $1;
