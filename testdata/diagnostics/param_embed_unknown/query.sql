-- name: Q :many
SELECT sqlc.embed(autors) FROM books JOIN authors ON true;
