-- name: Q :many
WITH x(a, b) AS (SELECT id FROM books) SELECT a FROM x;
