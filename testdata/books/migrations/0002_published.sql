ALTER TABLE books ADD COLUMN published date;
ALTER TABLE books ADD CONSTRAINT books_title_not_empty CHECK (title <> '');
