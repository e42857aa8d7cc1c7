-- name: GetBook
SELECT id FROM books;
