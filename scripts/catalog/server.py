"""A throwaway PostgreSQL to dump from, of the version that the catalog describes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VERSION = "15"
BINDIR = os.environ.get("PG_BINDIR", f"/usr/lib/postgresql/{VERSION}/bin")


class Cluster:
    """A throwaway server."""

    def __enter__(self):
        if not os.path.exists(os.path.join(BINDIR, "initdb")):
            print(f"no PostgreSQL {VERSION} in {BINDIR}", file=sys.stderr)
            sys.exit(77)
        self.dir = tempfile.mkdtemp(prefix="querc-catalog-", dir="/tmp")  # a socket's path has to be short
        os.chmod(self.dir, 0o755)  # run by root, the server has another user
        self.pg_cluster("start")
        return self

    def __exit__(self, *_):
        self.pg_cluster("stop")
        shutil.rmtree(self.dir, ignore_errors=True)

    def pg_cluster(self, verb):
        script = os.path.join(ROOT, "scripts", "pg-cluster")
        done = subprocess.run([script, verb, os.path.join(self.dir, "pg")], env={**os.environ, "PG_BINDIR": BINDIR},
                              check=False, text=True, stdout=subprocess.PIPE)
        if done.returncode:
            shutil.rmtree(self.dir, ignore_errors=True)
            sys.exit(done.returncode)
        if verb == "start":
            self.connection = done.stdout.strip()

    def psql(self, sql, database="catalog"):
        return subprocess.run([os.path.join(BINDIR, "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1",
                               f"{self.connection} dbname={database}"], input=sql, check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def rows(self, sql):
        return [json.loads(line) for line in self.psql(f"select row_to_json(t) from ({sql}) t").splitlines()]
