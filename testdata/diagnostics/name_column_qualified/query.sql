-- name: Q :many
SELECT b.id, b.titel FROM books b;
