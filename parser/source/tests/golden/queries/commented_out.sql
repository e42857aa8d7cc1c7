/*
-- name: Old :one
SELECT 'it''s gone', 'unbalanced;
*/
-- name: New :one
SELECT 1;
