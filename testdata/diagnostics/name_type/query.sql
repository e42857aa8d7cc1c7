-- name: Q :many
SELECT id::bigintt FROM books;
