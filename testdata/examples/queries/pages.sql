-- name: CountView :one
-- One view more; the number of them so far.
INSERT INTO pages (path, views) VALUES (@path, 1)
ON CONFLICT (path) DO UPDATE SET views = pages.views + 1
RETURNING views;

-- name: GetPage :one
SELECT path, views FROM pages WHERE path = $1;

-- name: ListPages :many
-- The pages that were seen most.
SELECT path, views FROM pages ORDER BY views DESC, path LIMIT @max_rows;

-- name: ChangeViews :execrows
UPDATE pages SET views = views + @difference WHERE path = @path;
