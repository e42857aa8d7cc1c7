-- name: Q :many
SELECT id FROM books JOIN authors ON authors.id = author_id;
