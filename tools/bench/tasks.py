"""What the benchmark runs in processes of their own: each function takes JSON arguments and answers with JSON.

Called as python -m tools.bench.tasks <function> <arguments> <file for the answer>.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import yaml

from contracts.common.project import AMOUNTS
from tools.direct import prepare, statements

MEASURES = (*AMOUNTS, "financial_line_count")
# mart → the key that it cuts by, beside the contract
FOUR_MARTS = {
    "funding_by_partner": "funder_key",
    "funding_by_territory": "territory_key",
    "funding_by_volet": "volet_key",
    "funding_by_period": "period_key",
}
# mart → what its ten greatest are asked by, and what is added up
TOP_TENS = {
    "financing_plans": ("funder_label_fr", "sum(contracted_eur), sum(cost_eur)"),
    "funding_at_year_end": ("calendar_year", "sum(contracted_eur), sum(paid_eur)"),
    "funding_by_contract": ("contract_label_fr", "sum(contracted_eur), sum(paid_eur)"),
    "funding_by_departement_estimated": ("departement_label_fr", "sum(contracted_eur), sum(paid_eur)"),
    "funding_by_partner": ("funder_label_fr", "sum(contracted_eur), sum(paid_eur)"),
    "funding_by_period": ("period_label_fr", "sum(contracted_eur), sum(paid_eur)"),
    "funding_by_territory": ("territory_label_fr", "sum(contracted_eur), sum(paid_eur)"),
    "funding_by_theme": ("theme_label_fr", "sum(contracted_eur), sum(paid_eur)"),
    "funding_by_volet": ("volet_label_fr", "sum(contracted_eur), sum(paid_eur)"),
    "funding_by_year_estimated": ("calendar_year", "sum(contracted_eur), sum(paid_eur)"),
    "indicator_progress": ("unit", "count(*), max(realised_percent)"),
    "progress_by_volet_and_territory": ("closing_date", "sum(contracted_eur), sum(paid_eur)"),
}
_QUERY_RUNS = 7


def generate(folder: str, lines: int, seed: int, project: str) -> dict:
    """Writes generated landing files."""
    from tools.bench.generator import generate

    written = generate(Path(folder), lines, seed, project=Path(project))
    return {"rows": written.rows, "contracts": len(written.contracts)}


def increment(folder: str, lines: int, step: int, seed: int, project: str) -> dict:
    """Changes about 1 % of generated landing files."""
    from tools.bench.generator import increment

    written = increment(Path(folder), lines, step, seed, project=Path(project))
    return {"rows": written.rows, "contracts": len(written.contracts)}


def direct(project: str, manifest: str, database: str) -> dict:
    """Runs the compiled SQL of a build, landing files and tests included, in a new database with the settings of the project's profile.

    Answers the seconds of the slowest statements, and the tests that found rows.
    """
    folder = Path(project)
    profile = yaml.safe_load((folder / "profiles.yml").read_text(encoding="utf-8"))
    output = profile["territorial_contracts"]["outputs"]["duckdb"]
    content = json.loads(Path(manifest).read_text(encoding="utf-8"))
    built = statements(content, seeds=folder / "seeds")
    taken: dict[str, float] = {}
    failed = []
    with duckdb.connect(database, config=output["config_options"] | output["settings"]) as connection:
        begun = time.perf_counter()
        prepare(connection, content, folder, with_landing=True)
        taken["load"] = time.perf_counter() - begun
        for statement in built:
            before = time.perf_counter()
            rows = connection.execute(statement.sql).fetchall()
            name = f"{statement.kind} {statement.name}"
            taken[name] = taken.get(name, 0) + time.perf_counter() - before
            if statement.kind == "test" and rows:
                failed.append(statement.name)
    slowest = sorted(taken.items(), key=lambda pair: -pair[1])[:15]
    return {"slowest": {name: round(seconds, 3) for name, seconds in slowest}, "tests_with_rows": failed}


def publish(project: str, into: str) -> dict:
    """Checks, builds, verifies, exports and switches as contracts publish does. Answers the seconds of each step."""
    from contracts.publish import publishing

    told: list[tuple[str, float]] = []
    publishing.publish(Path(into), Path(project), tell=lambda step: told.append((step, time.perf_counter())))
    ends = [*(moment for _, moment in told[1:]), time.perf_counter()]
    return {"steps": {step: round(end - begun, 3) for (step, begun), end in zip(told, ends, strict=True)}}


def latency(database: str, threads: int) -> dict:
    """Asks each mart for the rows of one contract and for its ten greatest. Answers milliseconds of each run, read-only."""
    config = {"threads": threads, "enable_external_access": False}
    with duckdb.connect(database, read_only=True, config=config) as connection:
        (contract,) = connection.execute("""
            select contract_key
            from marts.funding_by_contract
            where contract_key like 'bench%'
            order by financial_line_count desc, contract_key
            offset (select count(*) // 2 from marts.funding_by_contract where contract_key like 'bench%')
            limit 1
        """).fetchone() or ("",)
        answers = {}
        for mart, (label, sums) in TOP_TENS.items():
            top = f"select {label}, {sums} from marts.{mart} group by {label} order by 2 desc nulls last limit 10"
            answers[f"{mart}: one contract"] = _times(connection, f"select * from marts.{mart} where contract_key = ?", [contract])
            answers[f"{mart}: ten greatest"] = _times(connection, top, [])
    return {"milliseconds": answers}


def _times(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[str]) -> list[float]:
    times = []
    for _ in range(_QUERY_RUNS):
        start = time.perf_counter()
        connection.execute(query, parameters).fetchall()
        times.append(round(1000 * (time.perf_counter() - start), 2))
    return times


def export_facts(database: str, parquet: str, csv: str | None) -> dict:
    """Writes the rows of fct_funding with the keys of the four marts as Parquet, and as CSV where a path is given."""
    columns = ", ".join(["funding.contract_key", *(key for key in FOUR_MARTS.values()), *MEASURES])
    query = f"select {columns} from star.fct_funding as funding inner join star.dim_axis as axes on funding.axis_key = axes.axis_key"
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute(f"copy ({query}) to '{parquet}' (format parquet)")
        if csv:
            connection.execute(f"copy ({query}) to '{csv}' (format csv, header)")
        (rows,) = connection.execute(f"select count(*) from '{parquet}'").fetchone() or (0,)
    return {"rows": rows}


def totals(database: str) -> dict:
    """Number of rows and sums of the fact table."""
    sums = ", ".join(f"cast(sum({measure}) as varchar)" for measure in MEASURES)
    with duckdb.connect(database, read_only=True, config={"enable_external_access": False}) as connection:
        return {"totals": connection.execute(f"select count(*), {sums} from star.fct_funding").fetchone()}


def marts_in_duckdb(parquet: str, threads: int, memory_limit: str) -> dict:
    """The four marts by DuckDB from Parquet: seconds, rows and contracted total of each."""
    answers = {}
    with duckdb.connect(config={"threads": threads, "memory_limit": memory_limit}) as connection:
        sums = ", ".join(f"sum({measure}) as {measure}" for measure in MEASURES)
        for mart, key in FOUR_MARTS.items():
            start = time.perf_counter()
            connection.execute(
                f"create temp table {mart} as select contract_key, {key}, {sums} from '{parquet}' group by contract_key, {key}"
            )
            seconds = time.perf_counter() - start
            rows, total = connection.execute(f"select count(*), sum(contracted_eur) from {mart}").fetchone() or (0, None)
            answers[mart] = {"seconds": seconds, "rows": rows, "contracted_eur": str(total)}
    return {"marts": answers}


def marts_in_polars(parquet: str, threads: int) -> dict:
    """The four marts by polars from Parquet: seconds, rows and contracted total of each."""
    # read once, when polars is imported
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars

    answers = {}
    for mart, key in FOUR_MARTS.items():
        start = time.perf_counter()
        sums = [polars.col(measure).sum() for measure in MEASURES]
        result = polars.scan_parquet(parquet).group_by("contract_key", key).agg(sums).collect(engine="streaming")
        seconds = time.perf_counter() - start
        answers[mart] = {"seconds": seconds, "rows": result.height, "contracted_eur": str(result["contracted_eur"].sum())}
    return {"marts": answers}


TASKS: dict[str, Callable[..., dict]] = {
    task.__name__: task for task in (generate, increment, direct, publish, latency, export_facts, totals, marts_in_duckdb, marts_in_polars)
}


if __name__ == "__main__":
    name, given, written = sys.argv[1:]
    Path(written).write_text(json.dumps(TASKS[name](**json.loads(given))), encoding="utf-8")
