-- name: FindBook :opt
SELECT title FROM books WHERE author_id = $1;
