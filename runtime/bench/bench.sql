-- What the generated code does in the benchmark.

-- name: ListItems :many
SELECT id, name, created, weight, active FROM item;

-- name: ListWide :many
SELECT id, body FROM wide;

-- name: GetItem :one
SELECT id, name, created, weight, active FROM item WHERE id = $1;

-- name: AddItem :exec
INSERT INTO sink (id, name, weight) VALUES (@id::int8, @name::text, @weight::float8);

-- name: BatchItems :batchexec
INSERT INTO sink (id, name, weight) VALUES (@id::int8, @name::text, @weight::float8);

-- name: CopyItems :copyfrom
INSERT INTO sink (id, name, weight) VALUES (@id::int8, @name::text, @weight::float8);

-- name: BulkItems :bulkexec
INSERT INTO sink (id, name, weight)
SELECT * FROM unnest(@ids::int8[], @names::text[], @weights::float8[]);
