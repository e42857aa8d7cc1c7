-- name: GetBook :one
SELECT id FROM books WHERE author_id = $1;
