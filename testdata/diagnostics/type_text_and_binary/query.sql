-- name: GetBoth :one
SELECT makeaclitem(10, 10, 'SELECT', true) AS acl, point(1, 2) AS place;
