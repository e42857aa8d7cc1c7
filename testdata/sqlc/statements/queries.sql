-- A utility statement with a call or a query in it has parameters like any other.
-- name: HandOver :exec
CALL hand_over($1, $2);

-- name: HandOverNamed :batchexec
CALL hand_over(keeper_id => $1, animal => @which);

-- The output arguments are a row.
-- name: Totals :one
CALL totals($1, NULL, sqlc.narg(fee));

-- name: TotalsDefault :one
CALL totals(kind => $1, n => NULL);

-- name: Unnamed :one
CALL unnamed($1, $2);

-- name: Plan :many
EXPLAIN SELECT * FROM animals WHERE kind = $1 AND fee > @fee;

-- name: PlanJson :many
EXPLAIN (FORMAT json, ANALYZE) UPDATE animals SET fee = $1;

-- name: OpenCursor :exec
DECLARE rows CURSOR FOR SELECT * FROM animals WHERE keeper = $1;

-- name: CloseCursor :exec
CLOSE rows;

-- Whether there is a transaction is the program's matter.
-- name: Begin :exec
BEGIN ISOLATION LEVEL SERIALIZABLE;

-- name: Lock :exec
LOCK TABLE animals IN EXCLUSIVE MODE;

-- name: Save :exec
SAVEPOINT before_it;

-- name: Back :exec
ROLLBACK TO SAVEPOINT before_it;

-- name: Release :exec
RELEASE SAVEPOINT before_it;

-- name: Commit :exec
COMMIT AND CHAIN;

-- name: Empty :exec
TRUNCATE animals RESTART IDENTITY CASCADE;

-- name: Timeout :exec
SET LOCAL statement_timeout = '5s';

-- name: Prepare :exec
CREATE TEMPORARY TABLE IF NOT EXISTS picked (animal bigint) ON COMMIT DROP;
