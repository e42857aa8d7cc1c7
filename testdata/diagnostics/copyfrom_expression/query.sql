-- name: AddBooks :copyfrom
INSERT INTO books (id, author_id, title, published) VALUES ($1, $2, upper($3), now());
