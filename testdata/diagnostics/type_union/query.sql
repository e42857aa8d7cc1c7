-- name: Q :many
SELECT id FROM books UNION SELECT title FROM books;
