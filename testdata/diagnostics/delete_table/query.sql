-- name: Q :exec
DELETE FROM boks WHERE id = 1;
