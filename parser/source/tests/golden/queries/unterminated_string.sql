-- name: First :one
SELECT 'first', $1;
-- name: Second :one
SELECT 'second, $1;
-- name: Third :one
SELECT 'third', $1;
-- name: Fourth :one
SELECT $1;
