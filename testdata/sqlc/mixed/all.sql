CREATE TABLE rooms (
    id int PRIMARY KEY,
    label text NOT NULL
);
INSERT INTO rooms VALUES (1, 'blue');

-- name: GetRoom :one
SELECT * FROM rooms WHERE id = @id;

-- name: AddRoom :one
INSERT INTO rooms (id, label) VALUES ($1, sqlc.narg('label')) RETURNING sqlc.embed(rooms), (xmax = 0) AS added;

CREATE TABLE beds (
    id int PRIMARY KEY,
    room int NOT NULL REFERENCES rooms
);
COMMENT ON TABLE beds IS 'where they sleep';

-- name: Bedless :many
SELECT rooms.* FROM rooms LEFT JOIN beds ON beds.room = rooms.id WHERE beds.id IS NULL LIMIT @most::int;

-- A statement with a name that makes a table is both.
-- name: Setup :exec
CREATE TABLE IF NOT EXISTS guests (id int PRIMARY KEY);

-- name: Guests :many
SELECT * FROM guests;
