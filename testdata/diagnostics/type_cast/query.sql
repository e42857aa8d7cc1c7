-- name: Q :many
SELECT published::integer FROM books;
