-- name: Q :many
SELECT CASE WHEN id = 1 THEN id ELSE title END FROM books;
