-- name: Q :exec
INSERT INTO books (id, author_id, title) VALUES (1, 1, 'x') ON CONFLICT (pages) DO NOTHING;
