-- name: GetBook :many
-- @param ide not null
SELECT title FROM books WHERE id = @id;
