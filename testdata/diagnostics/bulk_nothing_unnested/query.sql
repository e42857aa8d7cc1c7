-- name: AddBooks :bulkexec
INSERT INTO books (id, author_id, title, pages) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING;
