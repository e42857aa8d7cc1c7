-- What is compared gives its name.
-- name: ByColumn :many
SELECT id FROM animals WHERE name = $1 AND kind = $2 AND taken_in >= $3 AND taken_in < $4;

-- name: ByBetween :many
SELECT id FROM animals WHERE fee BETWEEN $1 AND $2;

-- name: ByList :many
SELECT id FROM animals WHERE id = ANY($1::bigint[]) AND kind IN ($2, $3) AND name <> ALL(@without::text[]);

-- name: ByRow :many
SELECT id FROM animals WHERE (keeper, name) = ($1, $2);

-- name: BySlice :many
SELECT id FROM animals WHERE id IN (sqlc.slice('ids')) AND keeper NOT IN (sqlc.slice(keepers));

-- name: BySameFunction :many
SELECT id FROM keepers WHERE lower(email) = lower($1);

-- name: ByPattern :many
SELECT id FROM animals WHERE name ILIKE '%' || $1 || '%' AND name LIKE $2::text || '%';

-- name: ByExpression :many
SELECT id FROM animals WHERE date_trunc('day', taken_in) = $1 AND facts -> 'age' = $2;

-- name: ByAggregate :many
SELECT keeper FROM animals GROUP BY keeper HAVING sum(fee) > $1 AND count(*) > $2;

-- name: ByDifference :many
SELECT id FROM animals WHERE taken_in > now() - $1::interval AND born + $2::int > current_date;

-- What is assigned too.
-- name: Add :one
INSERT INTO animals (keeper, name, fee, kind) VALUES ($1, coalesce($2, '?'), round($3, 2), $4) RETURNING *;

-- name: AddSelected :exec
INSERT INTO animals (keeper, name) SELECT $1, CASE WHEN $2::bool THEN $3 ELSE 'nobody' END;

-- name: Change :execrows
UPDATE animals SET tags[$1] = $2, fee = fee + $3, name = 'little ' || $4 WHERE id = $5;

-- name: Upsert :one
INSERT INTO animals (keeper, name, fee) VALUES ($1, $2, $3)
ON CONFLICT (keeper, name) DO UPDATE SET fee = excluded.fee + $4 RETURNING id, (xmax = 0) AS added;

-- A function's arguments, and the function itself.
-- name: Call :one
SELECT rank_of($1, $2), rank_of(@a, @b);

-- name: CallNamed :many
SELECT * FROM animals_of(wanted => $1, keeper_id => $2);

-- name: CallPlain :many
SELECT animal FROM animals_of($1);

-- name: CallBuiltin :many
SELECT id FROM animals
WHERE words @@ plainto_tsquery('english', $1) AND taken_in > now() - make_interval(days => $2);

-- name: Series :many
SELECT generate_series($1::int, $2::int);

-- name: Page :many
SELECT id FROM animals ORDER BY id LIMIT $2 OFFSET $1;

-- Nothing says what it is for.
-- name: Nothing :one
SELECT $1::int + $2;
