-- nmae: GetBook :one
SELECT id FROM books;
