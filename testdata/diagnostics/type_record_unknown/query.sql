-- name: GetPair :one
SELECT CASE WHEN $1 THEN ROW(1, 2) ELSE ROW(3, 4) END AS pair;
