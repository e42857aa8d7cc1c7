-- name: GetItem :one
SELECT id, distance FROM near WHERE id = $1 LIMIT 1;
