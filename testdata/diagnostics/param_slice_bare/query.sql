-- name: A :many
SELECT title FROM books WHERE id IN sqlc.slice(ids);
