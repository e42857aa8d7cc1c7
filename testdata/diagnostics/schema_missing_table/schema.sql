ALTER TABLE nowhere ADD COLUMN a text;
