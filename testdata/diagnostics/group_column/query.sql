-- name: Q :many
SELECT author_id, title, count(*) FROM books GROUP BY author_id;
