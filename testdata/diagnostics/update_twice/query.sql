-- name: Q :exec
UPDATE books SET pages = 1, pages = 2;
