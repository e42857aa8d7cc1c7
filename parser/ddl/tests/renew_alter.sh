#!/bin/sh
# Writes alter.expected anew from a PostgreSQL 15 server: tests/renew_alter.sh DATABASE, which must be empty; the
# server is found as psql finds it.
set -e
cd "$(dirname "$0")"
psql="psql -X -q -v VERBOSITY=verbose -d $1"
$psql -f alter.sql 2>&1 | sed -n 's/^psql:alter.sql:\([0-9]*\): ERROR:  /\1: /p; s/^DETAIL:  /    /p' >alter.expected
$psql -f alter_state.sql >>alter.expected
