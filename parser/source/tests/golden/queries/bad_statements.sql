-- name: Empty :one

-- name: Twice :one
SELECT 1;
SELECT 2;

-- name: Same :one
SELECT 1;

-- name: Fine :one
SELECT 1;

-- name: Same :many
SELECT 2;

-- @column stray not null

-- name: Last :exec
-- only a comment follows
;
