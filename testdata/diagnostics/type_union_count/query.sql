-- name: Q :many
SELECT id, title FROM books UNION SELECT id FROM books;
