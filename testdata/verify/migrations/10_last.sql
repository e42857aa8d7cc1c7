-- +goose Up
ALTER TABLE books ADD COLUMN published date;
