-- name: Q :many
SELECT 1 FROM books JOIN authors USING (author_id);
