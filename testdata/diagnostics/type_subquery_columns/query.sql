-- name: Q :many
SELECT id FROM books WHERE author_id = (SELECT id, name FROM authors);
