-- name: Names :many
SELECT @a::text, @b, sqlc.arg(c), sqlc.arg('d'), @A, sqlc . ARG ( /* x */ c ) FROM t WHERE x = @limit AND y=(@b);

-- name: Mixed :many
SELECT $2, @first, $4, @second, @third, $2 FROM t;

-- name: Nullable :many
SELECT sqlc.narg(x), sqlc.arg(x), sqlc.narg('y')::int;

-- name: NotMacros :many
SELECT '@a', "@b", $$@c sqlc.arg(d)$$, a @> b, a <@ b, a @@ b, @-5, @ -5, @ e, E'\'@f', x.sqlc.arg(g), sqlc.arg, -- @h
  /* @i sqlc.arg(j) */ $tag$ @k $tag$, é @ @1 FROM t;

-- name: Slices :many
SELECT * FROM t WHERE a = ANY(sqlc.slice('ids')) AND b IN (sqlc.slice(kinds)) AND c NOT IN ( sqlc.slice('others') )
  AND (sqlc.slice(names)::text[] IS NULL OR name = ANY(sqlc.slice(names)::text[]));

-- name: Embeds :many
SELECT sqlc.embed(books), sqlc.embed("Au thors"), sqlc.embed( s.Things ), 1 FROM books JOIN "Au thors" ON true;

-- name: Tight :many
SELECT 1 WHERE a=(1)and(b)=sqlc.arg(b)or c LIMIT@n;

-- name: Positions :many
SELECT 'ü', @ünï, 'ü', @b,
  @c;
