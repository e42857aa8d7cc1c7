-- name: Q :many
SELECT ARRAY[id, title] FROM books;
