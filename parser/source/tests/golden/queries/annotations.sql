-- name: Annotated :many
-- Some words.
-- @column total not null
-- @column "odd name" null
-- @row PersonTotal
-- @param id NOT NULL
-- @param $2 null
-- @param other what it is for
-- @sqlc-vet-disable rule-a rule-b
-- @deprecated use something else
SELECT sum(x) AS total,
  -- @column inner not null
  y AS inner FROM t WHERE id = @id AND z = $2 AND w = @other;

-- above
-- @column up not null
-- name: Above :one
-- below
SELECT 1 AS up;

-- name: VetAll :one
-- @sqlc-vet-disable
SELECT 1;
