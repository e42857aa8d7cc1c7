-- name: Q :many
SELECT "Title" FROM books;
