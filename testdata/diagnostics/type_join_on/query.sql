-- name: Q :many
SELECT 1 FROM books b JOIN authors a ON a.name;
