-- name: Q :many
SELECT	id,	titel FROM books;
