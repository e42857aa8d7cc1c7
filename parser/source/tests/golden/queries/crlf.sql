-- name: Windows :one
-- Line ends.
-- @column x not null
SELECT 1 AS x,
  @name;

/* name: Two :many */
SELECT 2;
