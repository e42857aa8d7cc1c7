-- +goose NO TRANSACTION
-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  NULL; -- \not a command
END $$;
-- +goose StatementEnd
CREATE TABLE a (x int);

-- +goose Down
DROP TABLE a;
SELECT 'é';
