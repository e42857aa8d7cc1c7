-- name: Q :exec
UPDATE books SET tittle = 'x';
