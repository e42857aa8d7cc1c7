-- name: Q :many
SELECT id FROM book;
