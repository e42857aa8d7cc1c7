-- name: Q :many
SELECT id FROM books WHERE row_number() OVER () = 1;
