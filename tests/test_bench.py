"""The harness of the benchmark: its arithmetic on known numbers, its page, what it says when a step fails, and one whole run."""

import json
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest
import yaml
from typer.testing import CliRunner

from contracts.common.project import PROJECT
from tools.bench.__main__ import app
from tools.bench.generator import generate
from tools.bench.plot import draw, points
from tools.bench.postgres import marts_in_postgres, programs
from tools.bench.processes import BenchError, run_apart, run_task
from tools.bench.runs import machine, run
from tools.bench.sizes import Settings, _same_marts, full_build, mebibytes, scratch_project
from tools.bench.tables import exponent, mart_seconds, page, ratio, seconds, shipped_table, size_table
from tools.bench.tasks import FOUR_MARTS, MEASURES, marts_in_duckdb, marts_in_polars, totals

MARTS = ("funding_by_partner", "funding_by_territory", "funding_by_volet", "funding_by_period")


def cost(*values: float, peak: float = 100) -> list[dict]:
    return [{"seconds": value, "peak_mib": peak} for value in values]


def four_marts(value: float, total: str = "10.00") -> list[dict]:
    return [{"marts": {mart: {"seconds": value, "rows": 3, "contracted_eur": total} for mart in MARTS}}]


def size(lines: int, full: float, **more: object) -> dict:
    return {
        "lines": lines,
        "memory_limit": "2GB",
        "full": cost(full, full * 3, full / 2, peak=1234),
        "direct": cost(full / 1.1),
        "increment": cost(full / 50),
        "database_mib": 2048,
        "landing_mib": 99.6,
        "milliseconds": {"funding_by_partner: ten greatest": [9, 3.2, 5], "funding_by_theme: one contract": [1, 1, 40]},
        "marts_in_duckdb": four_marts(1),
        "marts_in_polars": four_marts(0.5),
        **more,
    }


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [((10, 1.0), (1000, 100.0), 1.0), ((10, 1.0), (1000, 10.0), 0.5), ((10, 2.0), (100, 200.0), 2.0), ((10, 3.0), (100, 3.0), 0.0)],
)
def test_the_exponent_is_the_slope_between_two_sizes(first: tuple, second: tuple, expected: float) -> None:
    assert exponent(first, second) == pytest.approx(expected)


def test_the_median_of_what_succeeded_counts() -> None:
    assert seconds(cost(3, 1, 2)) == 2
    assert seconds([*cost(5, 7), {"failed": "no room"}]) == 6
    assert seconds([{"failed": "no room"}]) is None
    assert mart_seconds(four_marts(1) + four_marts(3) + [{"failed": "not there"}]) == 8
    assert ratio(1, 4) == 0.25
    assert ratio(None, 4) is ratio(1, None) is ratio(1, 0) is None


def test_the_table_shows_ratios_beside_their_aims() -> None:
    lines = size_table(
        [size(1_000_000, 110.0), size(10_000, 11.0, publish={"steps": {"building": 50, "checking": 2, "exporting": 3.5}})]
    ).splitlines()
    assert lines[0] == "| | aim | 10 000 lines | 1 000 000 lines |"
    cells = {row.split(" | ")[0].strip("| *"): row.strip("| ").split(" | ")[1:] for row in lines[2:]}
    assert cells["Full build ÷ same SQL directly"] == ["≤ 1.15", "1.10", "1.10"]
    assert cells["Increment of 1 % ÷ full build"] == ["≤ 5%", "2.0 %", "2.0 %"]
    assert cells["Growth of cost since the size before (exponent)"] == ["", "–", "0.50"]
    assert not any("since a million" in row for row in lines), "no size beyond a million"
    assert cells["Slowest query of a mart** (median)"] == ["≤ 20 ms", "5.0 ms", "5.0 ms"]
    assert cells["Four marts, polars ÷ DuckDB"] == ["", "0.50", "0.50"]
    assert cells["Full build"] == ["", "11.0 s", "110 s"]
    assert cells["Check, verify, export and switch (`contracts publish`)"] == ["", "5.5 s", "–"]
    assert cells["Runs of build, direct SQL, increment and four marts (median)"] == ["", "3", "3"]
    assert cells["Memory limit of DuckDB"] == ["", "2GB", "2GB"]
    assert cells["Memory of the build, of the direct run"] == ["", "1 234, 100 MiB", "1 234, 100 MiB"]
    assert cells["Database, landing Parquet"] == ["", "2 048, 100 MiB", "2 048, 100 MiB"]
    assert not any("PostgreSQL" in row for row in lines)


def test_what_failed_is_said_and_not_counted() -> None:
    failed = size(10_000, 11.0, increment=[{"failed": "a test"}], publish={"failed": "no memory"}, marts_in_postgres=four_marts(7))
    table = size_table([failed])
    assert "| Check, verify, export and switch (`contracts publish`) |  | failed |" in table
    assert "| **Increment of 1 % ÷ full build** | ≤ 5% | failed |" in table
    assert "| **Four marts, PostgreSQL ÷ DuckDB** |  | 7.00 |" in table


def test_a_size_built_in_steps_says_so_and_has_no_direct_run() -> None:
    stepped = [{"seconds": 6000.0, "peak_mib": 2500, "steps": [{}] * 20}]
    table = size_table([size(1_000_000, 60.0), size(100_000_000, 6000.0) | {"full": stepped, "direct": [], "increment": []}])
    assert "| Full build |  | 60.0 s | 6000 s in 20 steps |" in table
    assert "| **Full build ÷ same SQL directly** | ≤ 1.15 | 1.10 | – |" in table
    assert "| Memory of the build, of the direct run |  | 1 234, 100 MiB | 2 500, – MiB |" in table
    assert "| **Growth of cost since a million lines** (exponent) | ≤ 1.05 | – | 1.00 |" in table
    assert "| Growth of cost since the size before (exponent) |  | – | 1.00 |" in table


def test_the_shipped_data_is_compared_with_an_empty_project() -> None:
    shipped = {"all_tests": cost(12, 18), "without_unit_tests": cost(10), "empty_project": cost(5), "direct": cost(2)}
    assert "| shipped data | seconds (median of 2) |" in shipped_table(shipped)
    assert "| warm `dbt build`, all tests | 15.0 | 3.00 | 100 MiB |" in shipped_table(shipped)
    assert "| the same SQL directly | 2.0 | 0.40 | 100 MiB |" in shipped_table(shipped)


def test_the_page_names_the_machine_and_how_it_was_measured(tmp_path: Path) -> None:
    sizes = [size(10_000, 11.0), size(1_000_000, 110.0)]
    settings = {"threads": 2, "memory_limit": "2GB", "runs": 3, "seed": 1}
    text = page({"machine": machine(), "settings": settings, "sizes": sizes, "shipped": None})
    assert "DuckDB with 2 threads" in text
    assert "duckdb 1." in text and "cores" in text
    assert "python -m tools.bench --postgres" in text
    assert "images/benchmark.svg" in text
    draw(sizes, tmp_path / "images" / "benchmark.svg")
    assert (tmp_path / "images" / "benchmark.svg").read_text(encoding="utf-8").startswith("<svg")
    assert {"what": "Four marts, polars", "lines": 10_000, "seconds": 2.0} in points(sizes)


def test_each_process_has_a_cost_of_its_own(tmp_path: Path) -> None:
    large, _ = run_apart([sys.executable, "-c", "print(len(bytearray(1_500_000_000)))"], tmp_path)
    small, text = run_apart([sys.executable, "-c", "print('small')"], tmp_path)
    assert text == "small\n"
    assert large.peak_mib > 1400 > small.peak_mib
    assert 0 < small.computing_seconds < large.computing_seconds


def test_a_copy_builds_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRACTS_DATABASE", "the_users.duckdb")
    _, text = run_apart([sys.executable, "-c", "import os; print(os.environ.get('CONTRACTS_DATABASE'))"], tmp_path)
    assert text == "None\n"


def test_a_step_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"ended with 1:\n(.*\n)*.*99 lines are too few"):
        run_task("generate", tmp_path, folder=tmp_path, lines=99, seed=1, project=tmp_path)


def test_marts_that_differ_between_engines_stop_the_benchmark() -> None:
    _same_marts({"marts_in_duckdb": four_marts(1), "marts_in_polars": four_marts(2), "marts_in_postgres": [{"failed": "not there"}]})
    with pytest.raises(BenchError, match="marts_in_polars gives other marts"):
        _same_marts({"marts_in_duckdb": four_marts(1), "marts_in_polars": four_marts(1, "10.01")})


def test_postgres_makes_the_same_marts(tmp_path: Path) -> None:
    try:
        programs()
    except BenchError as error:
        pytest.skip(str(error))
    parquet, csv = tmp_path / "facts.parquet", tmp_path / "facts.csv"
    keys = ", ".join(
        f"chr(cast(97 + row % {number + 2} as integer)) as {key}" for number, key in enumerate(("contract_key", *FOUR_MARTS.values()))
    )
    amounts = ", ".join(
        f"cast(row * {number} as {'bigint' if name.endswith('count') else 'decimal(18, 2)'}) as {name}"
        for number, name in enumerate(MEASURES)
    )
    rows = duckdb.sql(f"select {keys}, {amounts} from range(1000) as rows (row)")
    rows.write_parquet(str(parquet))
    rows.write_csv(str(csv), header=True)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # the server has a user of its own
        in_postgres = marts_in_postgres(csv, Path(folder), 256)
        assert list(Path(folder).iterdir()) == []
    runs = {"marts_in_duckdb": [marts_in_duckdb(str(parquet), 1, "500MB")], "marts_in_postgres": [in_postgres]}
    _same_marts(runs | {"marts_in_polars": [marts_in_polars(str(parquet), 1)]})
    assert runs["marts_in_postgres"][0]["marts"]["funding_by_partner"]["rows"] == 6


def test_limits_reach_the_profile_of_the_copy(tmp_path: Path) -> None:
    project = scratch_project(tmp_path / "copy", Settings(threads=3, memory_limit="700MB"))
    output = yaml.safe_load((project / "profiles.yml").read_text(encoding="utf-8"))["territorial_contracts"]["outputs"]["duckdb"]
    assert output["settings"]["memory_limit"] == "700MB"
    assert output["settings"]["threads"] == 3


@pytest.mark.parametrize(("memory", "expected"), [("2GB", 1907), ("500MB", 476), ("1GiB", 1024)])
def test_amounts_of_memory_are_read_as_duckdb_does(memory: str, expected: int) -> None:
    assert mebibytes(memory) == expected
    with pytest.raises(BenchError, match="« 2 apples » is no amount of memory"):
        mebibytes("2 apples")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--lines", "99"], "99 lines are too few"),
        (["--memory-limit", "plenty"], "« plenty » is no amount of memory"),
        (["--folder", str(PROJECT / "seeds")], "is not empty: choose a folder that may be emptied"),
    ],
)
def test_what_cannot_be_measured_is_said_at_once(arguments: list[str], expected: str, tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["--output", str(tmp_path), "--folder", str(tmp_path / "scratch"), *arguments])
    assert outcome.exit_code == 1
    assert expected in outcome.output.replace("\n", " ")
    assert "Traceback" not in outcome.output
    assert (PROJECT / "seeds" / "contracts.csv").exists()


@pytest.mark.slow
def test_a_build_in_steps_makes_the_same_warehouse(tmp_path: Path) -> None:
    whole, stepped = (Settings(runs=1, lines_per_build=lines) for lines in (10_000, 4_000))
    project = scratch_project(tmp_path / "project", whole)
    generate(project / "landing", 10_000)
    found = []
    for settings in (whole, stepped):
        cost = full_build(10_000, project, settings, tell=lambda step: None)
        found.append((len(cost.get("steps", [])), totals(str(project / "warehouse.duckdb"))))
    assert found[0] == (0, found[1][1])
    assert found[1][0] > 2


@pytest.mark.slow
def test_the_whole_benchmark_at_10_000_lines(tmp_path: Path) -> None:
    told: list[str] = []
    found = run([10_000], Settings(runs=1), tmp_path / "scratch", tmp_path / "docs", shipped=True, tell=told.append)
    results = json.loads((tmp_path / "docs" / "benchmark.json").read_text(encoding="utf-8"))
    (measured,) = results["sizes"]
    assert measured["rows"]["financial_lines"] == 10_000
    assert measured["direct"][0]["tests_with_rows"] == []
    assert measured["full"][0]["slowest"] and measured["direct"][0]["slowest"]
    assert "failed" not in measured["publish"] and "failed" not in measured["increment"][0], measured
    assert set(measured["publish"]["steps"]) >= {"checking seeds and landing files", "building", "verifying", "exporting", "switching"}
    assert "| **Full build ÷ same SQL directly** |" in found.read_text(encoding="utf-8")
    assert set(results["shipped"]) == {"all_tests", "without_unit_tests", "empty_project", "direct"}
    assert not (tmp_path / "scratch").exists()
