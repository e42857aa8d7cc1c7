"""Throwaway PostgreSQL servers to dump from, of the versions that the catalog describes."""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# The versions that the catalog knows; objects get their numbers in this order, the parser's version first.
VERSIONS = [15, 14, 16, 17, 18]


def servers():
    """Version to the directory of its programs, as far as they are here: of QUERC_SERVERS ("14=DIR 16=DIR ..."), or
    where Debian has them."""
    found = {}
    for version in VERSIONS:
        bindir = f"/usr/lib/postgresql/{version}/bin"
        if os.path.exists(os.path.join(bindir, "initdb")):
            found[version] = bindir
    for entry in os.environ.get("QUERC_SERVERS", "").split():
        version, _, bindir = entry.partition("=")
        if not os.path.exists(os.path.join(bindir, "initdb")):
            sys.exit(f"QUERC_SERVERS: no initdb in {bindir}")
        found[int(version)] = bindir
    return found


def client(bindir):
    """The psql of those programs, or another one that is here: some packages of servers have none."""
    for path in (os.path.join(bindir, "psql"), shutil.which("psql"), *sorted(glob.glob("/usr/lib/postgresql/*/bin/psql"))):
        if path and os.path.exists(path):
            return path
    sys.exit("no psql found")


class Cluster:
    """A throwaway server."""

    def __init__(self, bindir):
        self.bindir = bindir

    def __enter__(self):
        self.dir = tempfile.mkdtemp(prefix="querc-catalog-", dir="/tmp")  # a socket's path has to be short
        os.chmod(self.dir, 0o755)  # run by root, the server has another user
        self.pg_cluster("start")
        return self

    def __exit__(self, *_):
        self.pg_cluster("stop")
        shutil.rmtree(self.dir, ignore_errors=True)

    def pg_cluster(self, verb):
        script = os.path.join(ROOT, "scripts", "pg-cluster")
        done = subprocess.run([script, verb, os.path.join(self.dir, "pg")], env={**os.environ, "PG_BINDIR": self.bindir},
                              check=False, text=True, stdout=subprocess.PIPE)
        if done.returncode:
            shutil.rmtree(self.dir, ignore_errors=True)
            sys.exit(done.returncode)
        if verb == "start":
            self.connection = done.stdout.strip()

    def psql(self, sql, database="catalog"):
        return subprocess.run([client(self.bindir), "-XAtq", "-v", "ON_ERROR_STOP=1",
                               f"{self.connection} dbname={database}"], input=sql, check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def rows(self, sql):
        return [json.loads(line) for line in self.psql(f"select row_to_json(t) from ({sql}) t").splitlines()]
