"""Landing files, their rejects and the contracts that they concern, on the compiled SQL of the project: no dbt command runs."""

import os
from contextlib import chdir
from itertools import count
from pathlib import Path

import duckdb

from contracts.common.landing import load
from contracts.common.project import run_dbt
from test_landing import Rows, write_csv
from tools.direct import prepare, read_manifest, statements
from tools.example import example_project

_DAY = 86_400
_STALE = ("contract_fingerprints", "int_contracts_stale")


class LandedProject:
    """The example project with landing files, in memory. Files are written as if some time ago, each at another time."""

    def __init__(self, folder: Path) -> None:
        self.project = example_project(folder)
        run = run_dbt("compile", project=self.project, artifacts=True)
        assert run.success, run.text
        self.manifest = read_manifest(self.project)
        self.kept = [node["name"] for node in self.manifest["nodes"].values() if node["config"]["materialized"] == "incremental"]
        self.connection = duckdb.connect()
        self.moments = count(1_700_000_000, _DAY)
        with chdir(self.project):
            prepare(self.connection, self.manifest, self.project)
            for each in statements(self.manifest, (*_STALE, "stg_contracts__accepted_contradictions"), self.project / "seeds"):
                self.connection.execute(each.sql)

    def land(self, place: str, rows: Rows) -> Path:
        """Writes a CSV file of landing/."""
        path = self.project / "landing" / place
        write_csv(path, rows)
        moment = next(self.moments)
        os.utime(path, (moment, moment))
        return path

    def remove(self, *places: str) -> None:
        for place in places:
            (self.project / "landing" / place).unlink()

    def clear(self) -> None:
        """Takes every landing file away, and what was built."""
        for path in sorted((self.project / "landing").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        self.connection.execute("truncate staging.rejects")
        self.stale()

    def load(self) -> None:
        load(self.connection, self.project)

    def run(self, *names: str) -> None:
        """Runs models, with the seeds and tables that they read. What judges rows runs with rejects, or named: else all are accepted."""
        with chdir(self.project):
            for each in statements(self.manifest, names, self.project / "seeds"):
                if each.kind != "test" and not each.is_view and (not each.is_gate or each.name in names or "rejects" in names):
                    self.connection.execute(each.sql)

    def stale(self) -> set[str]:
        """The contracts that the next build would work on because of their rows; they are taken as built."""
        self.load()
        self.run(*_STALE)
        found = self.rows("select contract_code, fingerprint from intermediate.int_contracts_stale")
        self.connection.execute(
            """
            delete from build_state.built_contracts where contract_code in (select contract_code from intermediate.int_contracts_stale);
            insert into build_state.built_contracts
            select models.name, contract_code, fingerprint
            from intermediate.int_contracts_stale, (select unnest($names) as name) as models
            where fingerprint is not null
            """,
            {"names": self.kept},
        )
        return {code for code, _ in found}

    def rejects(self, file: str) -> set[tuple[int, str, str]]:
        """Line, rule and column of the rejects of a landing file."""
        query = "select line_number, rule, column_name from staging.rejects where file_name = ?"
        return set(self.connection.execute(query, [f"landing/{file}"]).fetchall())

    def rows(self, query: str) -> list[tuple]:
        return self.connection.execute(query).fetchall()
