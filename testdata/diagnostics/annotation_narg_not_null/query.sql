-- name: AddAuthor :exec
INSERT INTO authors (id, name) VALUES (@id, sqlc.narg(name));
