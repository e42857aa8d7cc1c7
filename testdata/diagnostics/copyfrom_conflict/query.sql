-- name: AddBooks :copyfrom
INSERT INTO books (id, author_id, title) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;
