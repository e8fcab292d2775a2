"""PostgreSQL: a private server in a scratch folder, or one that the environment names, and its tables as DuckDB reads them."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from contracts.environments import PythonEnvironment, ToolError, run
from contracts.project import PROJECT

NAME = "postgres"
PACKAGES = PythonEnvironment(PROJECT / ".venv-postgres", PROJECT / "requirements-postgres.lock")
MEGABYTES = 120
DEBIAN = Path("/usr/lib/postgresql")  # programs of one version stand in <version>/bin

_PROGRAMS = ("initdb", "pg_ctl", "psql", "createdb")
_HOST = "CONTRACTS_POSTGRES_HOST"
# variable of the profile → variable of PostgreSQL's own clients
_CLIENT = {
    _HOST: "PGHOST",
    "CONTRACTS_POSTGRES_PORT": "PGPORT",
    "CONTRACTS_POSTGRES_USER": "PGUSER",
    "CONTRACTS_POSTGRES_PASSWORD": "PGPASSWORD",
    "CONTRACTS_POSTGRES_DATABASE": "PGDATABASE",
}
# PostgreSQL knows nothing of the rows of a common table expression: it takes them for few, and compares each with each
_SESSION = "-c enable_nestloop=off -c jit=off"
_NULL = r"\N"
# one line per table: schema, name, then names and types of its columns, as DuckDB knows the types
_COLUMNS = """
select table_schema, table_name, string_agg(column_name || ' ' || case data_type
    when 'numeric' then 'decimal(' || coalesce(numeric_precision, 38) || ',' || coalesce(numeric_scale, 10) || ')'
    when 'text' then 'varchar'
    when 'character varying' then 'varchar'
    else replace(data_type, ' ', '_')
end, ' ' order by ordinal_position)
from information_schema.columns
group by table_schema, table_name
"""


def programs() -> dict[str, str]:
    """Where PostgreSQL's programs stand, the newest version first. Raises ToolError when one is missing."""
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    found = {name: shutil.which(name, path=path) for name in _PROGRAMS}
    missing = [name for name, place in found.items() if place is None]
    if missing:
        raise ToolError(f"PostgreSQL is missing ({', '.join(missing)}): install it, on Debian with apt-get install postgresql")
    return {name: place for name, place in found.items() if place}


@contextmanager
def running(folder: Path) -> Iterator[dict[str, str]]:
    """Variables of the profile for a server: the one that the environment names, or a private one in the folder.

    The private server listens on a socket in the folder only, and ends with the block. Raises ToolError.
    """
    tools = programs()
    if os.environ.get(_HOST):
        yield {"PGOPTIONS": _SESSION} | os.environ
        return
    # a server does not run as root
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    home = folder / "postgres"
    home.mkdir(mode=0o700)
    os.chown(home, owner.pw_uid, owner.pw_gid)
    data = str(home / "data")

    def server(name: str, *arguments: str) -> None:
        # output goes to a file: the server that pg_ctl leaves behind would keep a pipe open
        with (home / f"{name}.log").open("w") as log:
            code = subprocess.run(
                [tools[name], "--pgdata", data, *arguments],
                stdout=log,
                stderr=log,
                cwd=home,
                user=owner.pw_uid,
                group=owner.pw_gid,
                extra_groups=[],
            ).returncode
        if code != 0:
            raise ToolError(f"PostgreSQL does not start: {name} said {(home / f'{name}.log').read_text().strip()}")

    # texts are put in order byte by byte, as DuckDB does; the folder lets in its owner and root alone
    server("initdb", "--auth", "trust", "--username", "contracts", "--encoding", "UTF8", "--locale", "C", "--lc-ctype", "C.UTF-8")
    server("pg_ctl", "--wait", "--log", str(home / "server.log"), "--options", f"-k {home} -c listen_addresses=''", "start")
    try:
        server_variables = {_HOST: str(home), "CONTRACTS_POSTGRES_USER": "contracts", "CONTRACTS_POSTGRES_DATABASE": "contracts"}
        variables = os.environ | server_variables | {"PGOPTIONS": _SESSION}
        run([tools["createdb"], "contracts"], "PostgreSQL makes no database", _client(variables))
        yield variables
    finally:
        server("pg_ctl", "--mode", "fast", "--wait", "stop")


def _client(variables: dict[str, str]) -> dict[str, str]:
    """Variables of psql for the server of the profile's variables."""
    return variables | {theirs: variables[ours] for ours, theirs in _CLIENT.items() if ours in variables}


def _psql(variables: dict[str, str], *commands: str) -> str:
    arguments = [argument for command in commands for argument in ("--command", command)]
    psql = [programs()["psql"], "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]
    return run([*psql, *arguments], "PostgreSQL refuses", _client(variables))


def prepare(variables: dict[str, str], folder: Path, project: Path) -> None:
    """Copies the official reference of territories into official.territories, which the models read."""
    reference = project / "seeds" / "official" / "territories.parquet"
    file = folder / "official_territories.csv"
    with duckdb.connect() as connection:
        source = connection.read_parquet(str(reference))
        columns = ", ".join(f"{name} {kind}" for name, kind in zip(source.columns, source.types, strict=True))
        source.write_csv(str(file), header=True)
    _psql(
        variables,
        "create schema if not exists official",
        "drop table if exists official.territories cascade",
        f"create table official.territories ({columns.replace('DOUBLE', 'DOUBLE PRECISION')})",
        f"\\copy official.territories from '{file}' (format csv, header)",
    )


def tables(variables: dict[str, str], folder: Path, names: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """SQL of DuckDB that reads the tables of these schemas and names, with PostgreSQL's types; those that are there."""
    described = _psql(variables, _COLUMNS)
    found = {}
    for line in described.splitlines():
        schema, name, listed = line.split("|")
        if (schema, name) not in names:
            continue
        cells = listed.split(" ")
        types = dict(zip(cells[::2], cells[1::2], strict=True))
        file = folder / f"{schema}.{name}.csv"
        _psql(variables, f"\\copy {schema}.{name} to '{file}' (format csv, header, null '{_NULL}', force_quote *)")
        columns = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
        found[schema, name] = (
            f"read_csv('{file}', columns = {{{columns}}}, header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false,"
            f" nullstr = '{_NULL}', allow_quoted_nulls = false, max_line_size = 1000000)"
        )
    return found
