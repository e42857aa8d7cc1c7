-- name: Q :exec
INSERT INTO books (id, id) VALUES (1, 2);
