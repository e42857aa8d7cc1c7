CREATE TABLE a (id int);
-- name: GetA :one
SELECT * FROM a WHERE id = @id;
INSERT INTO a VALUES (1);
/* name: MakeB :exec */
CREATE TABLE b (id int);
-- the name: of this comment is no annotation
SELECT 1;
-- name: Last :exec
DELETE FROM a
