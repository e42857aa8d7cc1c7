#!/bin/sh
# The symbols of the shared library are exactly what the public headers declare; every global of the static one has a
# prefix of ours. usage: test_exports.sh include-folder libquerc.so libquerc.a
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat "$1"/*.h >"$work/headers"

# Functions: a name before a parenthesis in a declaration. Types: from the list of system types.
{
    sed -e 's,^ *X(\([a-z0-9_]*\)\, .*,QT querc_type_\1 querc_type_\1_array,' "$work/headers" | sed -n 's/^QT //p' | tr ' ' '\n'
    sed -n 's/^ *X([a-z0-9]*, [0-9]*, [0-9]*, [a-z0-9]*, \([a-z0-9]*\),.*/querc_type_\1 querc_type_\1_array/p' \
        "$work/headers" | tr ' ' '\n'
    sed -n 's/^QUERC_API extern const querc_type \(querc_type_[a-z0-9]*\);.*/\1/p' "$work/headers"
    sed -n 's/^QUERC_API [^(]*[ *]\(querc_[a-z0-9_]*\)(.*/\1/p' "$work/headers"
} | sort -u >"$work/declared"

nm -D --defined-only "$2" | awk '$2 ~ /[TDRBV]/ {print $3}' | grep -v '^__odr_asan' | sort -u >"$work/exported"
if ! diff "$work/declared" "$work/exported" >"$work/diff"; then
    echo "declared in the headers (<) and exported by the library (>) differ:"
    cat "$work/diff"
    exit 1
fi
[ "$(wc -l <"$work/exported")" -gt 100 ] || { echo "suspiciously few symbols"; exit 1; }

nm --defined-only "$3" 2>/dev/null | awk '$2 ~ /[A-Z]/ {print $3}' | grep -v -e '^querc_' -e '^qrt_' \
    -e '^__odr_asan' -e '^__' >"$work/stray" || true
if [ -s "$work/stray" ]; then
    echo "symbols of the static library without a prefix:"
    cat "$work/stray"
    exit 1
fi
