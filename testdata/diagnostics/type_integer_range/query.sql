-- name: Q :many
SELECT id FROM books WHERE pages = '99999999999';
