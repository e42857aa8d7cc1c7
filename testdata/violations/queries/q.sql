-- name: Insert :exec
INSERT INTO parents (id, code, size, name) VALUES ($1, $2, $3, sqlc.narg(name));

-- name: InsertNothing :exec
-- DEFAULT is there for the name, and every conflict is passed over.
INSERT INTO parents (id, code) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: InsertWithoutId :exec
INSERT INTO parents (name) VALUES ($1);

-- name: Upsert :exec
INSERT INTO parents (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET size = $3;

-- name: Rename :exec
UPDATE parents SET name = sqlc.narg(name)::text WHERE id = $1;

-- name: Renumber :exec
UPDATE parents SET id = @new WHERE id = @old;

-- name: Remove :exec
DELETE FROM parents WHERE id = $1;

-- name: Remove2 :exec
WITH gone AS (DELETE FROM parents WHERE id = $1 RETURNING id) SELECT count(*) FROM gone;

-- name: AddPart :exec
INSERT INTO parts (id, kind) VALUES ($1, $2);

-- name: MoveBases :exec
UPDATE bases SET id = $1;

-- name: InsertThroughView :exec
INSERT INTO parents_view (id, code) VALUES ($1, $2);

-- name: InsertThroughRule :exec
INSERT INTO ruled VALUES ($1);

-- name: MergeParents :exec
MERGE INTO keepers k USING (SELECT @id::int AS id) s ON k.id = s.id
WHEN MATCHED THEN DELETE
WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.id);

-- name: Cast :exec
SELECT @a::text::code, @b::sure;

-- name: Read :exec
SELECT * FROM parents WHERE code = $1::code;

-- name: ReadNothing :exec
SELECT * FROM parents WHERE id = $1;
