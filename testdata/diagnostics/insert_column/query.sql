-- name: Q :exec
INSERT INTO books (id, author, title) VALUES ($1, $2, $3);
