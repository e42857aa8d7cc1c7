-- name: Feelings :many
SELECT name, feels FROM authors;
