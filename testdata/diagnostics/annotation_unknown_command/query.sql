-- name: GetBook :ones
SELECT id FROM books;
