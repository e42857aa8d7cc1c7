-- name: Titles :many
-- @column pages not null
SELECT title AS "title?", NULL AS "nothing!", pages AS "pages?" FROM books;
