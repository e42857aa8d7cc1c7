-- name: GetBook :one
SELECT b.title FROM books b JOIN authors a ON a.id = b.author_id WHERE a.id = $1;
