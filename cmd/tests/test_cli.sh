#!/bin/sh
# querc as a program: commands, options, exit codes, files. Usage: test_cli.sh QUERC
set -u
querc=$(realpath "$1")
work=$(mktemp -d "${TMPDIR:-/tmp}/querc-cli.XXXXXX")
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
failed=0
checks=0
unset NO_COLOR

fail() {
    echo "FAILED: $*"
    sed 's/^/  stdout: /' "$work/out"
    sed 's/^/  stderr: /' "$work/err"
    failed=$((failed + 1))
}

# run CODE ARGUMENT...: runs querc, which must exit with CODE; output in $work/out and $work/err.
run() {
    want=$1
    shift
    checks=$((checks + 1))
    "$querc" "$@" >"$work/out" 2>"$work/err" </dev/null
    code=$?
    last="querc $*"
    [ "$code" -eq "$want" ] || fail "$last: exit code $code instead of $want"
}

# out TEXT, err TEXT: what the last run must have printed, as part of a line.
out() {
    checks=$((checks + 1))
    grep -qF -e "$1" "$work/out" || fail "$last: no \"$1\" on stdout"
}
err() {
    checks=$((checks + 1))
    grep -qF -e "$1" "$work/err" || fail "$last: no \"$1\" on stderr"
}
silent() {
    checks=$((checks + 1))
    [ ! -s "$work/err" ] || fail "$last: something on stderr"
}
# is CONDITION...: a test(1) that must hold.
is() {
    checks=$((checks + 1))
    [ "$@" ] || fail "after $last: not [ $* ]"
}

# A fresh project in $work/p.
project() {
    cd "$work" || exit 1
    chmod -R u+w p 2>/dev/null
    rm -rf p
    mkdir p
    cd p || exit 1
    cat >sqlc.yaml <<'END'
version: "2"
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries
    gen:
      c:
        out: gen/db
END
    mkdir queries
    echo 'CREATE TABLE books (id bigint PRIMARY KEY, title text NOT NULL);' >schema.sql
    printf -- '-- name: GetBook :one\nSELECT id, title FROM books WHERE id = $1;\n' >queries/books.sql
}

# ---- commands and options ----
cd "$work" || exit 1
run 2
run 0 --version
out 'querc 0.'
run 0 version
run 0 help
out 'generate'
run 0 --help
for command in init generate check diff inspect describe version help; do
    run 0 "$command" --help
    out "Usage: querc $command"
    run 0 help "$command"
done
run 0 help configuration
out 'sql[].gen.c.out'
run 2 help nonsense
run 2 generat
err 'did you mean "generate"?'
run 2 check --fromat json
err 'did you mean "--format"?'
run 2 check --format yaml
err 'text|json'
run 2 check --format
run 2 check --timing=1
run 2 check --color
run 2 check extra
err 'unexpected argument "extra"'
run 2 check -x
run 2 check
err 'querc init'
run 2 check -f nowhere.yaml
err 'No such file'
run 2 check --file=.

# The compiling commands must not pay for libpq's libraries.
last='ldd querc'
is "$(ldd "$querc" | grep -c 'libpq\.so')" -eq 0

# ---- generate ----
project
run 0 generate
silent
is -f gen/db/books.sql.h
is -f gen/db/books.sql.c
is -f gen/db/models.h
run 0 generate --list-outputs
out 'gen/db/books.sql.h'
for file in $(cat "$work/out"); do is -f "$file"; done
is "$(find gen -type f | wc -l)" -eq "$(wc -l <"$work/out")"
touch -d '2001-01-01' gen/db/*
run 0 generate
is "$(find gen -type f -newermt 2002-01-01 | wc -l)" -eq 0
run 0 diff
is ! -s "$work/out"
printf -- '\n-- name: ListBooks :many\nSELECT id FROM books;\n' >>queries/books.sql
run 1 diff
out '+++ gen/db/books.sql.h'
out 'list_books'
run 0 generate
run 0 diff
is "$(find gen -name '.*' | wc -l)" -eq 0

# A second run from elsewhere gives the same bytes.
cp -R gen "$work/gen-before"
cd "$work" || exit 1
run 0 generate -f "$work/p/sqlc.yaml"
is "$(diff -r p/gen gen-before | wc -l)" -eq 0
run 0 generate -f p/sqlc.yaml --output-dir "$work/elsewhere"
is "$(diff -r p/gen elsewhere/gen | wc -l)" -eq 0
rm -rf "$work/gen-before"

# A depfile names every source.
project
run 0 generate --depfile gen/querc.d
for source in sqlc.yaml schema.sql queries queries/books.sql; do
    is "$(tr ' ' '\n' <gen/querc.d | grep -cx -- "$source")" -eq 1
done

# Nothing is written when anything is wrong.
project
printf -- '-- name: Other :many\nSELECT nope FROM books;\n' >queries/z.sql
run 1 generate
err 'queries/z.sql:2:8: error[42703]: column "nope" does not exist'
err '1 error'
is ! -e gen
run 1 check
run 1 check --format json
err '"line": 2'
err '"column": 8'
run 1 check --color always
err "$(printf '\033[1;31merror')"
run 1 check --color never
is "$(grep -c "$(printf '\033')" "$work/err")" -eq 0
run 1 inspect
out '"name": "GetBook"'
out '"code": "42703"'
rm queries/z.sql
run 0 check --timing
err 'analyze'
err 'peak memory'
run 0 check --format json
err '"diagnostics": []'
run 0 inspect
out '"type": "pg_catalog.int8"'

# ---- output that cannot be written ----
project
touch gen
run 2 generate
is -f gen
project
mkdir -p gen/db/models.h
run 2 generate
is "$(ls -A gen/db)" = models.h
project
mkdir -p gen/db
echo 'int mine;' >gen/db/books.sql.c
run 2 generate
err 'was not written by querc'
is "$(ls -A gen/db)" = books.sql.c
if [ "$(id -u)" -ne 0 ]; then
    project
    mkdir gen
    chmod a-w gen
    run 2 generate
    err 'Permission denied'
fi
# A limit on the file size behaves as a full disk does, once its signal is ignored.
project
(
    trap '' XFSZ
    ulimit -f 1
    run 2 generate
    exit "$failed"
) || failed=$((failed + 1))
is ! -e gen
project
sed -i 's|gen/db|../gen|' sqlc.yaml
run 2 generate
err 'lies outside the project'
is ! -e ../gen

if [ -c /dev/full ]; then
    checks=$((checks + 1))
    "$querc" help >/dev/full 2>"$work/err" && fail "help to a full disk: exit code 0"
fi

# ---- input of all kinds ----
project
run 0 check
rm schema.sql
run 2 check
err 'sqlc.yaml:4:13: error[file]'
project
rm queries/books.sql
run 2 check
project
: >queries/books.sql
run 0 check
project
: >schema.sql
run 1 check
project
mkdir queries/sub.sql
run 0 check
if [ "$(id -u)" -ne 0 ]; then
    project
    chmod a-r queries/books.sql
    run 2 check
    err 'Permission denied'
fi
project
awk 'BEGIN { for (i = 0; i < 100000; i++) print "-- a comment of some length that stands before the first query" }' \
    >queries/long.sql
printf -- '-- name: Long :one\nSELECT count(*) FROM books;\n' >>queries/long.sql
run 0 check
project
awk 'BEGIN { printf "-- name: Big :one\nSELECT length(\x27"; for (i = 0; i < 1000000; i++) printf "abcdefghij"; print "\x27);" }' \
    >queries/big.sql
run 0 check
project
awk 'BEGIN { printf "-- name: Deep :one\nSELECT "; for (i = 0; i < 100000; i++) printf "("; printf "1"; for (i = 0; i < 100000; i++) printf ")"; print ";" }' \
    >queries/deep.sql
run 1 check
err 'queries/deep.sql:2:'
project
awk 'BEGIN { printf "-- name: Deep :one\nSELECT 1"; for (i = 0; i < 20000; i++) printf " + 1"; print ";" }' \
    >queries/deep.sql
"$querc" check >"$work/out" 2>"$work/err"
is $? -le 1
project
head -c 100000 /dev/urandom >queries/noise.sql
"$querc" check >"$work/out" 2>"$work/err"
is $? -eq 1

# ---- init ----
cd "$work" || exit 1
rm -rf p
mkdir p
cd p || exit 1
run 0 init
is -f sqlc.yaml
run 0 generate
silent
run 2 init
err 'exists already'
run 0 init sub/project
run 0 check -f sub/project/sqlc.yaml

mkdir json
echo '{}' >json/sqlc.json
run 2 init json
is "$(ls json)" = sqlc.json

# ---- describe ----
cat >script.sql <<'END'
CREATE TABLE t (a int, b text[]);

SELECT a, b FROM t WHERE a = $1;
SELECT
  nope FROM t;
INSERT INTO t VALUES ($1, $2) RETURNING b;
CREATE TABLE t (a int);
SELEC 1;
END
run 1 describe --json script.sql
is "$(wc -l <"$work/out")" -eq 6
out '{"line": 1, "kind": "schema"}'
out '{"line": 3, "kind": "query", "params": [{"type": "pg_catalog.int4"}], "columns": [{"name": "a", "type": "pg_catalog.int4"'
out '"type": "pg_catalog.text[]"'
out '"line": 4, "kind": "query", "error": {"code": "42703", "message": "column \"nope\" does not exist", "position": 10}}'
out '{"line": 7, "kind": "schema", "error": {"code": "42P07"'
out '"error": {"code": "42601"'
run 1 describe script.sql
checks=$((checks + 1))
echo 'SELECT 1 AS one' | "$querc" describe --json >"$work/out" 2>"$work/err" || fail "describe from standard input"
out '"name": "one"'
run 2 describe nowhere.sql
run 2 describe --schema nowhere script.sql

echo "$checks checks, $failed failed"
[ "$failed" -eq 0 ]
