-- name: Q :many
SELECT lenght(title) FROM books;
