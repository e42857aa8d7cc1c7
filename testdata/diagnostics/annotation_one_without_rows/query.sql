-- name: RemoveBook :one
DELETE FROM books WHERE id = $1;
