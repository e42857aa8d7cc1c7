-- The publisher may be missing: a struct with a flag beside it.
-- name: ListTitles :many
SELECT sqlc.embed(t), sqlc.embed(p)
FROM titles t
LEFT JOIN publishers p ON p.id = t.publisher_id
ORDER BY t.id;

-- The first publisher is always there, by the foreign key: no flag.
-- name: ListFirst :many
SELECT t.id, f.name, sqlc.embed(f)
FROM titles t
LEFT JOIN publishers f ON f.id = t.first_id
ORDER BY t.id;

-- name: GetTitle :one
SELECT title FROM titles WHERE id = @id;

-- name: CountTitles :one
SELECT count(*) FROM titles;

-- Names with a mark, as of sqlx and PgTyped.
-- name: Marked :one
SELECT max(id) AS "highest!", max(id) AS "number?" FROM titles;

-- name: SetCity :one
UPDATE publishers SET city = upper(name) WHERE id = @id RETURNING city;
