"""The four marts in PostgreSQL, in a server of its own that listens on a socket in a scratch folder and stops afterwards."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bench.processes import BenchError
from tools.bench.tasks import FOUR_MARTS, MEASURES

_ADVICE = "install it with apt-get install postgresql, or leave out --postgres"


def programs() -> Path:
    """The folder of the server's programs, the newest version. Raises BenchError when there is none."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not folders:
        raise BenchError(f"PostgreSQL is not there: {_ADVICE}")
    return max(folders, key=lambda folder: int(folder.parent.name.split(".")[0]))


def _as_server_user(command: list[str]) -> list[str]:
    """The server refuses to run as root: its own user runs it then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _run(command: list[str]) -> str:
    outcome = subprocess.run(_as_server_user(command), capture_output=True, text=True, cwd="/")
    if outcome.returncode != 0:
        raise BenchError(f"{Path(command[0]).name} failed: {(outcome.stderr or outcome.stdout).strip()[-1000:]}")
    return outcome.stdout.strip()


@contextmanager
def _server(folder: Path, memory_mib: int) -> Iterator[tuple[str, Path]]:
    """A new server in the folder. Yields the command psql with its connection, and the folder of its data."""
    tools = programs()
    data = folder / "postgres"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
        # its user must be able to walk down to its folder
        for above in [folder, *folder.parents]:
            if not above.stat().st_mode & 0o001:
                raise BenchError(f"the user postgres cannot enter {above}: give --folder another folder, or leave out --postgres")
    _run([str(tools / "initdb"), "-D", str(data / "data"), "--auth=trust", "--username=bench", "--encoding=UTF8", "--locale=C"])
    settings = (
        f"-c listen_addresses='' -c unix_socket_directories='{data}' -c shared_buffers={memory_mib // 4}MB -c work_mem={memory_mib // 8}MB"
    )
    control = [str(tools / "pg_ctl"), "-D", str(data / "data"), "-w"]
    _run([*control, "-l", str(data / "log"), "-o", settings, "start"])
    try:
        yield str(tools / "psql"), data
    finally:
        _run([*control, "-m", "fast", "stop"])
        shutil.rmtree(data, ignore_errors=True)


def marts_in_postgres(csv: Path, folder: Path, memory_mib: int) -> dict:
    """Loads the rows that export_facts wrote as CSV, and makes the four marts as tables.

    Answers seconds of the load, and seconds, rows and contracted total of each mart. Raises BenchError when PostgreSQL is not there.
    """
    with _server(folder, memory_mib) as (psql, data):

        def ask(sql: str) -> str:
            return _run([psql, "-h", str(data), "-U", "bench", "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql])

        keys = ", ".join(f"{key} text" for key in ("contract_key", *FOUR_MARTS.values()))
        amounts = ", ".join(f"{measure} {'bigint' if measure.endswith('count') else 'numeric(18, 2)'}" for measure in MEASURES)
        start = time.perf_counter()
        ask(f"create unlogged table facts ({keys}, {amounts})")
        with csv.open("rb") as file:
            copy = [psql, "-h", str(data), "-U", "bench", "-d", "postgres", "-qX", "-c", "copy facts from stdin (format csv, header)"]
            outcome = subprocess.run(_as_server_user(copy), stdin=file, capture_output=True, text=True, cwd="/")
        if outcome.returncode != 0:
            raise BenchError(f"PostgreSQL could not load the rows: {outcome.stderr.strip()[-1000:]}")
        ask("analyze facts")
        load_seconds = time.perf_counter() - start
        answers = {}
        sums = ", ".join(f"sum({measure}) as {measure}" for measure in MEASURES)
        for mart, key in FOUR_MARTS.items():
            start = time.perf_counter()
            ask(f"create table {mart} as select contract_key, {key}, {sums} from facts group by contract_key, {key}")
            seconds = time.perf_counter() - start
            rows, total = ask(f"select count(*), sum(contracted_eur) from {mart}").split("|")
            answers[mart] = {"seconds": seconds, "rows": int(rows), "contracted_eur": total}
        return {"load_seconds": load_seconds, "marts": answers, "version": ask("show server_version")}
