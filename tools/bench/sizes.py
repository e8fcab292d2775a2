"""Measures one size: generated lines through the whole path, an increment, queries, and the same marts by other means, in one run."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import yaml

from contracts.common.project import NEXT_STEP, contracts_waiting, copy_project
from contracts.publish.releases import DATABASE
from tools.bench.generator import LEAST_FOR_INCREMENT, SEED
from tools.bench.processes import BenchError, Cost, run_dbt_apart, run_task
from tools.bench.tables import Tell

_MIB = 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """How everything is measured. runs: how many of each, the median counts. memory_limit: of DuckDB, for dbt and the direct run alike.

    lines_per_build: a size of more lines is built in steps of so many, and not by the same SQL directly, which has no steps.
    """

    runs: int = 3
    threads: int = 2
    memory_limit: str = "8GB"
    postgres: bool = False
    publish: bool = True
    seed: int = SEED
    lines_per_build: int = 10_000_000


def scratch_project(folder: Path, settings: Settings) -> Path:
    """A copy of the project in an empty folder, whose profile has the limits; its own warehouse, nothing of the user's is touched."""
    shutil.rmtree(folder, ignore_errors=True)
    project = copy_project(folder)
    path = project / "profiles.yml"
    profile = yaml.safe_load(path.read_text(encoding="utf-8"))
    output = profile["territorial_contracts"]["outputs"]["duckdb"]
    output["settings"] = output.get("settings", {}) | {"memory_limit": settings.memory_limit, "threads": settings.threads}
    path.write_text(yaml.safe_dump(profile, sort_keys=False), encoding="utf-8")
    return project


def measure_size(lines: int, folder: Path, settings: Settings, tell: Tell) -> dict:
    """Measures everything at so many lines. folder: scratch, emptied before and after. tell: takes each step's name.

    Raises BenchError when a step that the others need fails; an increment, publishing or PostgreSQL that fails is recorded as failed.
    """
    project = scratch_project(folder / "project", settings)
    try:
        return _measured(lines, project, folder, settings, tell)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(lines: int, project: Path, folder: Path, settings: Settings, tell: Tell) -> dict:
    landing, database = project / "landing", project / "warehouse.duckdb"
    data = {"folder": landing, "lines": lines, "seed": settings.seed, "project": project}
    tell(f"{lines} lines: generating")
    cost, written = run_task("generate", folder, **data)
    result: dict = {"lines": lines, "memory_limit": settings.memory_limit, "measured_on": date.today().isoformat()}
    result |= {"generate": asdict(cost), "rows": written["rows"]}
    result["contracts"] = written["contracts"]
    result["landing_mib"] = _size(landing)
    run_dbt_apart(project, "parse")
    full, direct = [], []
    for run in range(1, settings.runs + 1):
        tell(f"{lines} lines: full build {run} of {settings.runs}")
        full.append(full_build(lines, project, settings, tell))
        if lines <= settings.lines_per_build:
            tell(f"{lines} lines: the same SQL directly {run} of {settings.runs}")
            direct.append(_direct(project, folder))
    result |= {"full": full, "direct": direct, "database_mib": _size(database)}
    result |= _queries(lines, project, folder, settings, tell)
    if lines >= LEAST_FOR_INCREMENT:
        result["increment"] = [
            _or_failure(lambda step=step: _increment(step, data, project, folder, settings, tell)) for step in range(1, settings.runs + 1)
        ]
    if settings.publish:
        tell(f"{lines} lines: publishing")
        result["publish"] = _or_failure(lambda: _published(project, folder))
    return result


def full_build(lines: int, project: Path, settings: Settings, tell: Tell) -> dict:
    """Cost of a build into a new file, in steps beyond lines_per_build: times add up, the greatest memory counts."""
    database = project / "warehouse.duckdb"
    for path in (database, database.with_name("warehouse.duckdb.wal")):
        path.unlink(missing_ok=True)
    # one node at a time, so that none shares the memory
    alone = ("--threads", "1")
    if lines <= settings.lines_per_build:
        return _build(project, "--full-refresh", *alone)
    variables = (*alone, "--vars", f"lines_per_build: {settings.lines_per_build}")
    steps = [_build(project, "--full-refresh", *variables)]
    while waiting := contracts_waiting(database):
        tell(f"{lines} lines: {len(steps)} steps, {sum(step['seconds'] for step in steps):.0f} s, {waiting} contracts wait")
        steps.append(_build(project, *variables, *NEXT_STEP))
    return {
        "seconds": sum(step["seconds"] for step in steps),
        "computing_seconds": sum(step["computing_seconds"] for step in steps),
        "peak_mib": max(step["peak_mib"] for step in steps),
        "steps": steps,
    }


def _direct(project: Path, folder: Path) -> dict:
    """Cost of the compiled SQL of the last build, run directly into a file that is removed."""
    manifest, database = folder / "manifest.json", folder / "direct.duckdb"
    shutil.copy2(project / "target" / "manifest.json", manifest)
    database.unlink(missing_ok=True)
    cost, answer = run_task("direct", project, project=project, manifest=manifest, database=database)
    database.unlink()
    return asdict(cost) | answer


def _build(project: Path, *arguments: str) -> dict:
    """Cost of a build, and the seconds of its slowest nodes."""
    cost = run_dbt_apart(project, "build", *arguments)
    results = json.loads((project / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    taken = sorted(((node["execution_time"], node["unique_id"]) for node in results), reverse=True)[:15]
    return asdict(cost) | {"slowest": {name.split(".", 2)[2]: round(seconds, 3) for seconds, name in taken}}


def _increment(step: int, data: dict, project: Path, folder: Path, settings: Settings, tell: Tell) -> dict:
    tell(f"{data['lines']} lines: increment {step} of {settings.runs}")
    _, changed = run_task("increment", folder, **data, step=step)
    return _build(project) | {"lines": changed["rows"]["financial_lines"]}


def _queries(lines: int, project: Path, folder: Path, settings: Settings, tell: Tell) -> dict:
    """Latency of the marts, and the four marts from the rows of the fact table."""
    tell(f"{lines} lines: queries, and the four marts by other means")
    database, parquet, csv = project / "warehouse.duckdb", folder / "facts.parquet", folder / "facts.csv"
    result: dict = {}
    _, answer = run_task("latency", folder, database=database, threads=settings.threads)
    result["milliseconds"] = answer["milliseconds"]
    _, exported = run_task("export_facts", folder, database=database, parquet=parquet, csv=csv if settings.postgres else None)
    result["facts"], result["facts_parquet_mib"] = exported["rows"], _size(parquet)
    limits = {"threads": settings.threads, "memory_limit": settings.memory_limit}
    result["marts_in_duckdb"] = [_with_cost(run_task("marts_in_duckdb", folder, parquet=parquet, **limits)) for _ in range(settings.runs)]
    result["marts_in_polars"] = [
        _with_cost(run_task("marts_in_polars", folder, parquet=parquet, threads=settings.threads)) for _ in range(settings.runs)
    ]
    if settings.postgres:
        from tools.bench.postgres import marts_in_postgres

        memory = mebibytes(settings.memory_limit)
        result["marts_in_postgres"] = [_or_failure(lambda: marts_in_postgres(csv, folder, memory)) for _ in range(settings.runs)]
    _same_marts(result)
    return result


def _same_marts(result: dict) -> None:
    """Every engine gives the same marts: as many rows, the same contracted total to the cent. Raises BenchError when one does not."""
    expected = _results(result["marts_in_duckdb"][0])
    for engine in ("marts_in_polars", "marts_in_postgres"):
        for run in result.get(engine, []):
            if "failed" not in run and _results(run) != expected:
                raise BenchError(f"{engine} gives other marts than DuckDB: {_results(run)} instead of {expected}")


def _results(run: dict) -> dict:
    return {mart: (answer["rows"], answer["contracted_eur"]) for mart, answer in run["marts"].items()}


def _published(project: Path, folder: Path) -> dict:
    """Publishes, which builds from nothing: the warehouse after its increments must have the same totals."""
    into = folder / "published"
    result = _with_cost(run_task("publish", project, project=project, into=into))
    answers = [run_task("totals", folder, database=path)[1] for path in (project / "warehouse.duckdb", into / DATABASE)]
    if answers[0] != answers[1]:
        raise BenchError(f"increments lead to other totals than a build from nothing: {answers[0]} instead of {answers[1]}")
    return result | {"release_mib": _size(into)}


def _or_failure(measure: Callable[[], dict]) -> dict:
    try:
        return measure()
    except BenchError as error:
        return {"failed": str(error)}


def _with_cost(answered: tuple[Cost, dict]) -> dict:
    cost, answer = answered
    return asdict(cost) | answer


def _size(path: Path) -> float:
    """MiB of a file or of all files under a folder; links count once."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
    return sum(file.stat().st_size for file in files) / _MIB


def mebibytes(memory: str) -> int:
    """MiB of a limit as DuckDB writes it: 2GB, 1500MB, 2GiB. Raises BenchError for anything else."""
    number, unit = memory.rstrip("KMGTiB"), memory.lstrip("0123456789. ")
    factors = {"MB": 1e6, "GB": 1e9, "MiB": _MIB, "GiB": 1024 * _MIB}
    if unit not in factors or not number:
        raise BenchError(f"« {memory} » is no amount of memory: write it as 2GB or 500MB")
    return int(float(number) * factors[unit] / _MIB)
