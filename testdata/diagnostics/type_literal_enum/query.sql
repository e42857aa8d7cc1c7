-- name: Q :many
SELECT id FROM authors WHERE mood = 'angry';
