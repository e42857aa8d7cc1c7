-- +goose Up
ALTER TABLE books ADD COLUMN published date;
ALTER TABLE books ADD COLUMN shouted text GENERATED ALWAYS AS (upper(title)) STORED;
