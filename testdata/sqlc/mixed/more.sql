-- name: Rooms :many
SELECT * FROM rooms JOIN beds ON beds.room = rooms.id;
