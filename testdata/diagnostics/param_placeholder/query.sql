-- name: A :one
SELECT title FROM books WHERE id = ?;

-- name: B :one
SELECT title FROM books WHERE id = ? AND title <> '';

-- name: C :one
SELECT title FROM books WHERE id = :id;

-- name: D :one
SELECT title FROM books WHERE id = $id;

-- name: E :one
SELECT title FROM books WHERE id = %s;
