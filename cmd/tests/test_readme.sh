#!/bin/sh
# The README's first project: what `querc init` writes is what the README shows, its program compiles against what
# `querc generate` makes of it, and so does the Makefile. Usage: test_readme.sh QUERC README INCLUDE_DIR LIBQUERC [CFLAG...]
set -eu
querc=$1
readme=$2
include=$3
library=$4
shift 4
work=$(mktemp -d "${TMPDIR:-/tmp}/querc-readme.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

# block LANGUAGE TEXT: the README's first code block of that language that contains the text.
block() {
    awk -v language="$1" -v text="$2" '
        $0 == "```" language && !inside { inside = 1; block = ""; next }
        inside && $0 == "```" { if (index(block, text)) { printf "%s", block; exit } inside = 0; next }
        inside { block = block $0 "\n" }' "$readme"
}

"$querc" init shop
cd shop
for part in migrations/0001_init.sql queries/books.sql; do
    block sql "-- $part" | tail -n +2 >shown
    [ -s shown ]
    head -n "$(wc -l <shown)" "$part" | diff -u shown - || {
        echo "FAILED: the README does not show $part as it is"
        exit 1
    }
done

# The Makefile, with querc and pkg-config taken from this build.
block c 'int main(void)' >main.c
block make 'generated' >Makefile
mkdir bin pkgconfig
ln -s "$querc" bin/querc
cat >pkgconfig/querc.pc <<END
Name: querc
Description: as built here
Version: 0
Libs: $library $(pkg-config --libs libpq) $*
END
PATH=$PWD/bin:$PATH PKG_CONFIG_PATH=$PWD/pkgconfig \
    make CFLAGS="-Wall -Wextra -Werror $* -I$include" app
[ -x app ]
echo '-- name: Another :many
SELECT title FROM books;' >>queries/books.sql
sleep 1
touch queries/books.sql
PATH=$PWD/bin:$PATH PKG_CONFIG_PATH=$PWD/pkgconfig \
    make CFLAGS="-Wall -Wextra -Werror $* -I$include" app >made
grep -q 'querc generate' made
grep -q 'app_another' gen/books.sql.h
PATH=$PWD/bin:$PATH PKG_CONFIG_PATH=$PWD/pkgconfig make -q CFLAGS="-I$include" app
echo "the README's project builds"
