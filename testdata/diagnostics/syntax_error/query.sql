-- name: Q :many
SELEC id FROM books;
