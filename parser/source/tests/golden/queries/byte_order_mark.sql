-- name: Marked :one
SELECT @x;
