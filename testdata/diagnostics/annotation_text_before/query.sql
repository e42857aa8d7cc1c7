SELECT 1;
-- name: GetBook :one
SELECT id FROM books WHERE id = 1;
