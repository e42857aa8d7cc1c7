-- name: BooksOf :many
SELECT title FROM books WHERE pages = sqlc.narg(pages) AND (published > sqlc.narg(since) OR sqlc.narg(since) IS NULL);
