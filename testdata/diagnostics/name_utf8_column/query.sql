-- name: Q :many
SELECT 'äöü€日本' AS t, größe FROM books;
