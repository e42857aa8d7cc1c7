-- name: Unknown :one
SELECT sqlc.args(x);
-- name: Unknown2 :one
SELECT sqlc.frobnicate(y), sqlc.arg();
-- name: NoName :one
SELECT 1, sqlc.arg();
-- name: TwoNames :one
SELECT sqlc.narg(a, b);
-- name: NumberForName :one
SELECT sqlc.arg(1);
-- name: EmptyName :one
SELECT sqlc.arg('');
-- name: ExpressionForName :one
SELECT sqlc.slice(f(x));
-- name: EmbedNumber :one
SELECT sqlc.embed(1);
-- name: EmbedLong :one
SELECT sqlc.embed(a.b.c);
-- name: Glued :one
SELECT * FROM t WHERE c <@ d AND a=@a;
-- name: Glued2 :one
SELECT * FROM t WHERE b<>@b AND c <@ d;
-- name: Zero :one
SELECT $0;
-- name: TooHigh :one
SELECT 'é', $70000;
-- name: SliceFirst :one
SELECT * FROM t WHERE a IN (sqlc.slice('x'), 2);
-- name: SliceLast :one
SELECT * FROM t WHERE a IN (1, sqlc.slice('x'));
-- name: Flags :one
-- @param nmae not null
-- @column
-- @column x nonnull
-- @row not-a-name
-- @colum x not null
SELECT @name;
-- name: Junk :one
SELECT $1a, @x;
-- name: Unclosed :one
SELECT sqlc.arg(x;
-- name: Good :one
SELECT @x;
