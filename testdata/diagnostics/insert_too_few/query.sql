-- name: Q :exec
INSERT INTO books (id, title) VALUES (1);
