-- name: JsonThings :many
-- Each row, its JSON as the server has it, and the members that are otherwise here.
SELECT sqlc.embed(things),
       to_json(things)::text AS "expected!",
       json_build_object(
           'n', n::text,
           'money', (money::numeric * 100)::int8,
           'rc', rc::oid::text,
           'secret', '\x' || encode(cube_send(secret), 'hex'),
           'mac8', replace(mac8::text, ':', ''),
           'mac8s', (SELECT jsonb_agg(replace(m::text, ':', '')) FROM unnest(mac8s) m))::text AS "otherwise!"
FROM things
ORDER BY things.id;

-- name: JoinThings :many
-- Two columns of one name, an embedded row that is missing, and a column without a name.
SELECT a.id, b.id, sqlc.embed(s), a.i8 IS NULL
FROM things a
LEFT JOIN things b ON b.id = a.id + 1
LEFT JOIN shown_names s ON s.id = a.id
WHERE a.id IN (1, 2)
ORDER BY a.id;

-- name: FindThings :batchmany
SELECT id FROM things WHERE t = sqlc.narg(label) OR f8 > sqlc.narg(ratio)::float8;
