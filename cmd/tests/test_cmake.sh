#!/bin/sh
# cmake/QuercGenerate.cmake in a project of a user's: builds, notices a changed query, and has nothing to do otherwise.
# Usage: test_cmake.sh QUERC SOURCE_DIR INCLUDE_DIR LIBQUERC [CFLAG...]
set -eu
querc=$1
source=$2
include=$3
library=$4
shift 4
work=$(mktemp -d "${TMPDIR:-/tmp}/querc-cmake.XXXXXX")
trap 'rm -rf "$work"' EXIT
cp -R "$source/testdata/books/." "$work"
cd "$work"
cat >CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.25)
project(books LANGUAGES C)
list(APPEND CMAKE_MODULE_PATH $source/cmake)
include(QuercGenerate)
querc_generate(queries)
add_executable(books main.c)
target_link_libraries(books PRIVATE queries)
END
mkdir pkgconfig
cat >pkgconfig/querc.pc <<END
Name: querc
Description: as built here
Version: 0
Libs: -L$(dirname "$library") -lquerc $(pkg-config --libs libpq) $*
Cflags: -I$include
END
export PKG_CONFIG_PATH="$work/pkgconfig"
for generator in Ninja "Unix Makefiles"; do
    build="build-$generator"
    cmake -S . -B "$build" -G "$generator" -DQUERC="$querc" -DCMAKE_C_FLAGS="$*" >log || {
        cat log
        exit 1
    }
    cmake --build "$build"
    [ -x "$build/books" ]
    [ -f "$build/gen/books.sql.h" ]
    [ ! -e gen ]
    cmake --build "$build" >log
    if grep -q 'Generating' log; then echo 'FAILED: generates again'; exit 1; fi
    sleep 1.1
    sed -i 's/^-- One book by its id.*/& (changed)/' queries/books.sql
    cmake --build "$build" >log
    grep -q 'Generating' log
    grep -qF '(changed)' "$build/gen/books.sql.h"
    cmake --build "$build" >log
    if grep -q 'Generating' log; then echo 'FAILED: generates again'; exit 1; fi
done
echo "the CMake function works"
