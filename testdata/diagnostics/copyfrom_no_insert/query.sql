-- name: AddBooks :copyfrom
UPDATE books SET title = $2 WHERE id = $1;
