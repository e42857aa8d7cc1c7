-- name: Q :many
SELECT 1 FROM books b JOIN authors b ON true;
