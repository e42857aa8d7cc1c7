-- name: GetBook:one
SELECT title FROM books WHERE id = $1;

-- name: GetBook: one
SELECT title FROM books WHERE id = $1;

-- name: GetBook:first
SELECT title FROM books WHERE id = $1;
