-- name: A :many
SELECT nope FROM books;

-- name: B :many
SELECT id FROM books;

-- name: C :many
SELECT id FROM nowhere;
