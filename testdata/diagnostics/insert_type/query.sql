-- name: Q :exec
INSERT INTO books (id, author_id, title, pages) VALUES (1, 1, 'x', now());
