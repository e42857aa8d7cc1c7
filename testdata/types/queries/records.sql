-- name: Records :many
-- Records whose shape the query tells, and what the server makes of them.
SELECT r.*, to_json(r)::text AS "expected!"
FROM (SELECT ROW(1, 'x', NULL::date, ROW(2.5::float8, ARRAY[1, 2], 'sad'::mood)) AS one,
             minmax(ARRAY[3, 1, 2]) AS extremes,
             (SELECT s FROM (SELECT 1 AS id, 'b'::text AS label) s) AS inner_row,
             ARRAY(SELECT ROW(i, i * 2) FROM generate_series(1, 3) AS i) AS pairs,
             (SELECT array_agg(ROW(n.id, n.name)) FROM shown_names n) AS names,
             ARRAY[ROW(true, '{}'::jsonb), ROW(NULL::bool, NULL::jsonb)] AS flags,
             CASE WHEN random() < 0 THEN ROW(1, 2)::text END AS nothing) r;

-- name: OneRecord :one
SELECT ROW(id, name, born) AS person FROM shown_names WHERE id = $1;
