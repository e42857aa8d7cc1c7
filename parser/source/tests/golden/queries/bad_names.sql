SELECT 'text before the first annotation';
-- name: GetOne :won
SELECT 1;
-- name: GetTwo :onw
SELECT 1;
-- name: GetThree one
SELECT 1;
-- name: GetFour
SELECT 1;
-- name:
SELECT 1;
-- name: :one
SELECT 1;
-- name: get-five :one
SELECT 1;
-- name: 6th :one
SELECT 1;
-- name: GetSeven:one
SELECT 1;
-- name: GetEight :execlastid
SELECT 1;
-- name: GetNine :one and more
SELECT 1;
-- nmae: GetTen :one
SELECT 1;
-- Name: GetEleven :one
SELECT 1;
-- name GetTwelve :one
SELECT 1;
-- GetThirteen :one
SELECT 1;
-- name: GetFourteen :frobnicate
SELECT 1;
/* name: GetFifteen */
SELECT 1;
-- name: Good :one
-- The name: of this thing is not an annotation.
SELECT 1;
