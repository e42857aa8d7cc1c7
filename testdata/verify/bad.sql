-- name: NoColumn :one
SELECT nosuch FROM authors;

-- name: NoRows :one
DELETE FROM authors;

-- name: NoTable :exec
TRUNCATE nosuch;

-- name: NoArbiter :exec
INSERT INTO books (id, author_id, title) VALUES ($1, $2, $3) ON CONFLICT (title) DO NOTHING;
