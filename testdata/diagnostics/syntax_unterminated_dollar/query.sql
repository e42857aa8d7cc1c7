-- name: Q :many
SELECT $body$ abc FROM books;
