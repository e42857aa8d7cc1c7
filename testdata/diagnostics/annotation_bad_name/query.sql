-- name: Get-Book :one
SELECT id FROM books;
