-- name: Q :exec
UPDATE books SET published = 5;
