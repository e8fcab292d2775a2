"""Makes up contract data of any size, the same for the same seed: trees of amounts, progress, amendments and their printed figures.

Every row is fictitious and says so; its codes start with bench_. It is written file by file, so that memory does not grow with the
number of lines.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from pathlib import Path

import duckdb

from contracts.common.project import PROJECT

QUERIES = Path(__file__).with_name("sql")
TABLES = tuple(sorted(path.stem for path in (QUERIES / "tables").glob("*.sql")))
SEED = 2026

LEAST_FOR_INCREMENT = 2_000
_STEPS = ("contracts", "leaves", "totals", "rows", "other_rows", "progress", "documented")
_LINES_PER_FILE = 250_000
_LINES_PER_CONTRACT = 5_000
_LEAST_LINES = 100
_CHANGING_PART = 100
_AMOUNT_KEYS = 1_000_000_000
_FORMATS = {"parquet": "format parquet", "csv": "format csv, header"}


@dataclass(frozen=True)
class Limits:
    """What DuckDB may use. memory: as DuckDB writes it."""

    threads: int = 2
    memory: str = "2GB"


LIMITS = Limits()


@dataclass(frozen=True)
class Contract:
    """One contract to write. number: its code is bench_<number>. base_lines: lines that shape its tree.

    late_lines: further lines of progress. amounts: another number gives every amount another value. change: what an increment does to
    it, empty when nothing.
    """

    number: int
    base_lines: int
    late_lines: int = 0
    amounts: int = 0
    change: str = ""

    @property
    def line_count(self) -> int:
        return self.base_lines + self.late_lines


@dataclass(frozen=True)
class Plan:
    """Which contract stands in which file. changing: files at the end, about 1 % of the lines, whose contracts increments change."""

    steady: list[list[Contract]]
    changing: list[list[Contract]]

    @property
    def first_changing_file(self) -> int:
        return len(self.steady) + 1


@dataclass
class Generated:
    """What was written: the files, and how many rows of each table they hold. contracts: those of the files, in their order."""

    form: str
    files: list[Path] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    contracts: list[Contract] = field(default_factory=list)


def _sizes(count: int, lines: int, draws: random.Random) -> list[int]:
    """Uneven sizes that add up to lines: most contracts are small, a few are large, none is tiny."""
    weights = [min(draws.lognormvariate(0, 1.1), 12) for _ in range(count)]
    least = min(_LEAST_LINES, lines // count)
    spread = lines - least * count
    whole = sum(weights)
    bounds = [0, *(int(spread * part / whole) for part in accumulate(weights))]
    bounds[-1] = spread
    return [least + after - before for before, after in pairwise(bounds)]


def _in_files(sizes: list[int], first_number: int) -> list[list[Contract]]:
    """Contracts of these sizes, neighbours in files of about 250 000 lines."""
    files: list[list[Contract]] = []
    filled = _LINES_PER_FILE
    for number, size in enumerate(sizes, first_number):
        if filled >= _LINES_PER_FILE:
            files.append([])
            filled = 0
        files[-1].append(Contract(number, size))
        filled += size
    return files


def plan(lines: int, seed: int = SEED) -> Plan:
    """The contracts that have so many lines together. Under 2 000 lines none is to change. Raises ValueError under 100 lines."""
    if lines < _LEAST_LINES:
        raise ValueError(f"{lines} lines are too few for a contract: ask for {_LEAST_LINES} or more")
    draws = random.Random(seed)
    changing = max(3, lines // _LINES_PER_CONTRACT // _CHANGING_PART) if lines >= LEAST_FOR_INCREMENT else 0
    changing_lines = max(lines // _CHANGING_PART, changing * _LEAST_LINES) if changing else 0
    steady_lines = lines - changing_lines
    steady = max(1, min(4, steady_lines // 400), steady_lines // _LINES_PER_CONTRACT)
    return Plan(
        _in_files(_sizes(steady, steady_lines, draws), 1),
        _in_files(_sizes(changing, changing_lines, draws), steady + 1) if changing else [],
    )


def changed(contracts: list[Contract], step: int) -> list[Contract]:
    """What an increment makes of contracts: a third get other amounts, a third late lines, a third go and new ones come.

    step: 1 for the first increment.
    """
    after = []
    for place, contract in enumerate(contracts):
        match place % 3:
            case 0:
                after.append(replace(contract, amounts=step, change="amounts"))
            case 1:
                after.append(replace(contract, late_lines=max(1, contract.base_lines // 20) * step, change="late lines"))
            case _:
                after.append(replace(contract, number=contract.number + len(contracts) * step, change="new"))
    return after


def generate(
    folder: Path, lines: int, seed: int = SEED, form: str = "parquet", project: Path = PROJECT, limits: Limits = LIMITS
) -> Generated:
    """Writes exactly that many rows of financial_lines, and the rows that they need, into folder/<table>/.

    folder: a landing folder without other files. seed: another one gives other data. form: parquet or csv.
    project: its seeds give territories, themes and funders. Raises ValueError under 100 lines.
    """
    planned = plan(lines, seed)
    written = Generated(form)
    with _prepared(lines, seed, project, limits) as connection:
        _write_table(connection, folder, "partners", "bench", written)
        for number, contracts in enumerate(planned.steady + planned.changing, 1):
            _write_file(connection, folder, number, contracts, written)
    return written


def increment(
    folder: Path, lines: int, step: int = 1, seed: int = SEED, form: str = "parquet", project: Path = PROJECT, limits: Limits = LIMITS
) -> Generated:
    """Writes the last files anew of what generate wrote into the folder: about 1 % of the lines, those of contracts that change.

    lines, seed, form: those of generate. step: how many increments this makes.
    Raises ValueError under 2 000 lines, where no contract changes.
    """
    if lines < LEAST_FOR_INCREMENT:
        raise ValueError(f"no contract changes under {LEAST_FOR_INCREMENT} lines: ask for more than {lines}")
    planned = plan(lines, seed)
    after = iter(changed([contract for contracts in planned.changing for contract in contracts], step))
    written = Generated(form)
    with _prepared(lines, seed, project, limits) as connection:
        for number, contracts in enumerate(planned.changing, planned.first_changing_file):
            _write_file(connection, folder, number, [next(after) for _ in contracts], written)
    return written


@contextmanager
def _prepared(lines: int, seed: int, project: Path, limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the macros and the reference tables."""
    owners = min(5_000, max(20, lines // 500))
    with duckdb.connect(config={"threads": limits.threads, "memory_limit": limits.memory}) as connection:
        for name, value in (("seed", seed), ("owners", owners), ("seeds", str(project / "seeds"))):
            connection.execute(f"set variable {name} = ?", [value])
        for step in ("macros", "reference"):
            _run(connection, step)
        yield connection


def _run(connection: duckdb.DuckDBPyConnection, step: str) -> None:
    connection.execute((QUERIES / f"{step}.sql").read_text(encoding="utf-8"))


def _write_file(connection: duckdb.DuckDBPyConnection, folder: Path, number: int, contracts: list[Contract], written: Generated) -> None:
    """One file of each table with these contracts; each shares some operations with the one before it."""
    connection.execute(
        "create or replace temp table plan (contract_number bigint, base_lines bigint, line_count bigint, amount_key bigint, "
        "shared_number bigint, shared_lines bigint)"
    )
    rows = [
        (
            contract.number,
            contract.base_lines,
            contract.line_count,
            contract.number + contract.amounts * _AMOUNT_KEYS,
            before.number if before else None,
            before.base_lines if before else None,
        )
        for contract, before in zip(contracts, [None, *contracts[:-1]], strict=True)
    ]
    connection.executemany("insert into plan values (?, ?, ?, ?, ?, ?)", rows)
    for step in _STEPS:
        _run(connection, step)
    for table in TABLES:
        if table != "partners":
            _write_table(connection, folder, table, f"bench_{number:04}", written)
    written.contracts.extend(contracts)


def _write_table(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, name: str, written: Generated) -> None:
    path = folder / table / f"{name}.{written.form}"
    path.parent.mkdir(parents=True, exist_ok=True)
    query = (QUERIES / "tables" / f"{table}.sql").read_text(encoding="utf-8")
    (count,) = connection.execute(f"copy ({query}) to '{path}' ({_FORMATS[written.form]})").fetchone() or (0,)
    written.files.append(path)
    written.rows[table] = written.rows.get(table, 0) + count
