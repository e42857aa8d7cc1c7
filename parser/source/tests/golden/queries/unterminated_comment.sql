-- name: First :one
SELECT 1;
/* left open
-- name: Second :one
SELECT 2;
