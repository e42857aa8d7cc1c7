-- name: AddAuthor :one
INSERT INTO authors (name, born) VALUES ($1, $2) RETURNING id;

-- name: AddBook :one
-- A new book; the database fills in the rest.
INSERT INTO books (author_id, title, genre, isbn, published)
VALUES (@author_id, @title, @genre, @isbn, @published)
RETURNING *;

-- name: SaveBooks :bulkmany
-- Books of an author; one whose ISBN is there already gets the title.
INSERT INTO books (author_id, title, isbn)
SELECT @author_id, given.title, given.isbn
FROM unnest(@title::text[], @isbn::text[]) AS given (title, isbn)
ON CONFLICT (isbn) DO UPDATE SET title = excluded.title
RETURNING id, title;

-- name: GetBook :one
-- One book by its id.
SELECT id, title, isbn, published FROM books WHERE id = $1;

-- name: ListBooksByAuthor :many
SELECT * FROM books WHERE author_id = @author_id ORDER BY title LIMIT @max_rows;

-- name: CountBooks :many
-- How many books of each author there are, those without any included.
SELECT a.name, count(b.id) AS books, max(b.published) AS latest
FROM authors a LEFT JOIN books b ON b.author_id = a.id
GROUP BY a.id
ORDER BY a.name;

-- name: SetPublished :execrows
UPDATE books SET published = @published WHERE id = @id;

-- name: RemoveBook :exec
DELETE FROM books WHERE id = $1;
