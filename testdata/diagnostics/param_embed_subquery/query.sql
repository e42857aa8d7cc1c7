-- name: NotAll :many
SELECT sqlc.embed(b) FROM (SELECT id, author_id, title FROM books) b;

-- name: Changed :many
WITH b AS (SELECT id, author_id, upper(title) AS title, pages, published FROM books) SELECT sqlc.embed(b) FROM b;

-- name: OuterJoined :many
SELECT sqlc.embed(b) FROM authors LEFT JOIN (SELECT books.* FROM authors a LEFT JOIN books ON books.author_id = a.id) b
    ON b.author_id = authors.id;

-- name: Fine :many
SELECT sqlc.embed(b) FROM authors LEFT JOIN (SELECT * FROM books) b ON b.author_id = authors.id;
