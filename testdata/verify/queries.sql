-- name: GetAuthor :one
SELECT * FROM authors WHERE id = $1;

-- name: ByMood :many
SELECT a.handle, b.title AS "größe", b.price * 2 AS doubled
FROM authors a LEFT JOIN books b ON b.author_id = a.id
WHERE a.mood = ANY(sqlc.slice(moods)) AND b.published > @since;

-- name: AddBook :execrows
INSERT INTO books (id, author_id, title, price) VALUES ($1, $2, $3, sqlc.narg(price));

-- name: EmptyBooks :exec
TRUNCATE books;

-- name: Shout :many
SELECT shouted FROM books;
