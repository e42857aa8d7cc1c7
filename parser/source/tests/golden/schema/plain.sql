-- migrate:sideways
-- + goose Down
CREATE TABLE a (x int); -- +goose Down
COMMENT ON TABLE a IS 'back\slash';
