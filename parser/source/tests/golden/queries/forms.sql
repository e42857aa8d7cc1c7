-- Copyright of nobody.

-- A person by number.
-- name: GetPerson :one
-- The second line of the documentation.
--
--   indented text
SELECT * FROM people WHERE id = $1;

/* name: ListPeople :many */
/* All of them,
 * in order of age.
 */
SELECT id, /* a comment that stays */ name FROM people
ORDER BY age -- and so does this
;

# name: CountPeople :one
select count(*) from people; -- a remark behind the statement

-------------------------------------------
-- Everything below changes something
-------------------------------------------
-- name: DropPerson :execrows
DELETE FROM people WHERE id = $1
-- name: TouchPerson :execresult
UPDATE people SET seen = now() WHERE id = $1;;
  --   name :   Loose   :opt
SELECT 1;
--name:Tight :exec
SELECT ';', $$;
-- name: NotThis :one
;$$, E'\';', ";" /* ; /* nested ; */ -- name: Nor :one */ FROM "x;y";
-- name: Batch1 :batchexec
DELETE FROM people WHERE id = $1;
-- name: Batch2 :batchone
SELECT 1;
-- name: Batch3 :batchmany
SELECT 1;
-- name: Copy :copyfrom
INSERT INTO people (id, name) VALUES ($1, $2);
-- name: Routine :exec
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;
-- name: NoNewline :one
SELECT 'é', $1 -- the end