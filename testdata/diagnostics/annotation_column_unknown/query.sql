-- name: GetBook :many
-- @column titel not null
SELECT title FROM books;
