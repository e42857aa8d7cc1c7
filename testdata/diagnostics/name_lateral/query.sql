-- name: Q :many
SELECT * FROM books b, (SELECT b.id) x;
