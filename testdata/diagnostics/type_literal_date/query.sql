-- name: Q :many
SELECT id FROM books WHERE published > '2024-13-01';
