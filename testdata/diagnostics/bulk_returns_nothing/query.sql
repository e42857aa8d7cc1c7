-- name: AddBooks :bulkmany
INSERT INTO books (id, author_id, title) SELECT * FROM unnest(@id::int[], @author_id::int[], @title::text[]);
