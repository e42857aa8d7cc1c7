-- name: AddBooks :copyfrom
INSERT INTO books (id, author_id, title, pages) VALUES ($1, $2, $3, $4::smallint);
