-- name: GetGrant :one
SELECT ROW(1, makeaclitem(10, 10, 'SELECT', true)) AS acl;
