"""Arithmetic of the measures, and the page that shows them."""

import math
import statistics
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

Tell = Callable[[str], None]

# what is aimed at: row of the table → greatest ratio
AIMS = {"dbt": 1.15, "increment": 0.05, "query": 20.0, "exponent": 1.05, "start": 3.0}

METHOD = Path(__file__).with_name("method.md")


def median(values: Iterable[float]) -> float:
    """The middle value, the mean of both when there are two."""
    return statistics.median(values)


def ratio(part: float | None, whole: float | None) -> float | None:
    """How many times whole goes into part; None when one is missing."""
    return part / whole if part is not None and whole else None


def exponent(first: tuple[int, float], second: tuple[int, float]) -> float:
    """How cost grows from one size to another: 1 means in proportion, 2 with the square. Pairs of lines and seconds."""
    return math.log(second[1] / first[1]) / math.log(second[0] / first[0])


def seconds(runs: list[dict]) -> float | None:
    """Median seconds of the runs that succeeded; None when none did."""
    sound = [run["seconds"] for run in runs if "failed" not in run]
    return median(sound) if sound else None


def peak(runs: list[dict]) -> float:
    """Greatest memory of runs, MiB."""
    return max(run["peak_mib"] for run in runs)


def whole(value: float) -> str:
    """A number without decimals, thousands with spaces."""
    return f"{value:,.0f}".replace(",", " ")


def mart_seconds(runs: list[dict]) -> float | None:
    """Median seconds of the four marts together; None when no run succeeded."""
    sound = [sum(mart["seconds"] for mart in run["marts"].values()) for run in runs if "failed" not in run]
    return median(sound) if sound else None


def page(results: dict) -> str:
    """The page docs/benchmark.md. results: what benchmark.json holds."""
    machine, settings = results["machine"], results["settings"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    parts = [
        "# Benchmark",
        "",
        "Written by `python -m tools.bench`; the measures themselves are in [benchmark.json](benchmark.json).",
        "",
        f"Machine: {machine['cores']} cores ({machine['processor']}), {machine['memory_gib']:.0f} GiB of memory. {versions}.",
        f"DuckDB with {settings['threads']} threads.",
        "",
        size_table(results["sizes"]),
    ]
    if results.get("shipped"):
        parts += ["", shipped_table(results["shipped"])]
    if len(results["sizes"]) > 1:
        parts += ["", "![Time by number of lines](images/benchmark.svg)"]
    return "\n".join([*parts, "", METHOD.read_text(encoding="utf-8")])


def size_table(sizes: list[dict]) -> str:
    """One column for each size, one row for each measure, ratios first."""
    ordered = sorted(sizes, key=lambda size: size["lines"])
    rows: list[tuple[str, str, list[str]]] = [
        (
            "**Full build ÷ same SQL directly**",
            f"≤ {AIMS['dbt']}",
            [_times(seconds(size["full"]), seconds(size["direct"])) for size in ordered],
        ),
        ("**Increment of 1 % ÷ full build**", f"≤ {AIMS['increment']:.0%}", [_increment(size) for size in ordered]),
        ("**Growth of cost since a million lines** (exponent)", f"≤ {AIMS['exponent']}", _exponents_since(1_000_000, ordered)),
        ("Growth of cost since the size before (exponent)", "", _exponents(ordered)),
        ("**Slowest query of a mart** (median)", f"≤ {AIMS['query']:.0f} ms", [_slowest_query(size) for size in ordered]),
        ("**Four marts, polars ÷ DuckDB**", "", [_engine(size, "marts_in_polars") for size in ordered]),
        ("**Four marts, PostgreSQL ÷ DuckDB**", "", [_engine(size, "marts_in_postgres") for size in ordered]),
        ("Full build", "", [_full_build(size) for size in ordered]),
        ("Same SQL directly", "", [_duration(seconds(size["direct"])) for size in ordered]),
        ("Increment", "", [_duration(seconds(size.get("increment", []))) for size in ordered]),
        ("Check, verify, export and switch (`contracts publish`)", "", [_publishing(size) for size in ordered]),
        ("Runs of build, direct SQL, increment and four marts (median)", "", [str(len(size["full"])) for size in ordered]),
        ("Memory limit of DuckDB", "", [size["memory_limit"] for size in ordered]),
        (
            "Memory of the build, of the direct run",
            "",
            [f"{_peak(size['full'])}, {_peak(size['direct'])} MiB" for size in ordered],
        ),
        ("Database, landing Parquet", "", [f"{whole(size['database_mib'])}, {whole(size['landing_mib'])} MiB" for size in ordered]),
    ]
    head = ["| | aim |" + "|".join(f" {whole(size['lines'])} lines " for size in ordered) + "|", "|---|--:|" + "--:|" * len(ordered)]
    filled = [row for row in rows if set(row[2]) != {"–"}]
    return "\n".join(head + [f"| {name} | {aim} | {' | '.join(cells)} |" for name, aim, cells in filled])


def shipped_table(shipped: dict) -> str:
    """The shipped data: each way to build, and how many times an empty project it takes."""
    names = {
        "all_tests": "warm `dbt build`, all tests",
        "without_unit_tests": "without unit tests",
        "empty_project": "`dbt build` of an empty project",
        "direct": "the same SQL directly",
    }
    empty = seconds(shipped["empty_project"])
    runs = len(shipped["all_tests"])
    head = [
        f"| shipped data | seconds (median of {runs}) | ÷ empty project (aim: ≤ {AIMS['start']:.0f} with all tests) | memory |",
        "|---|--:|--:|--:|",
    ]
    return "\n".join(
        head
        + [
            f"| {name} | {seconds(shipped[way]):.1f} | {_times(seconds(shipped[way]), empty)} | {peak(shipped[way]):.0f} MiB |"
            for way, name in names.items()
        ]
    )


def _times(part: float | None, whole: float | None) -> str:
    quotient = ratio(part, whole)
    return "–" if quotient is None else f"{quotient:.2f}"


def _full_build(size: dict) -> str:
    steps = max((len(run.get("steps", [])) for run in size["full"]), default=0)
    return _duration(seconds(size["full"])) + (f" in {steps} steps" if steps else "")


def _peak(runs: list[dict]) -> str:
    return whole(peak(runs)) if runs else "–"


def _increment(size: dict) -> str:
    quotient = ratio(seconds(size.get("increment", [])), seconds(size["full"]))
    if quotient is None:
        return "failed" if size.get("increment") else "–"
    return f"{100 * quotient:.1f} %"


def _exponents_since(lines: int, ordered: list[dict]) -> list[str]:
    """Slope from the size of so many lines to each greater one."""
    base = next((seconds(size["full"]) for size in ordered if size["lines"] == lines), None)
    pairs = [((lines, base), (size["lines"], seconds(size["full"]))) for size in ordered]
    return [f"{exponent(before, after):.2f}" if base and after[0] > lines else "–" for before, after in pairs]


def _exponents(ordered: list[dict]) -> list[str]:
    points = [(size["lines"], seconds(size["full"])) for size in ordered]
    return ["–", *(f"{exponent(before, after):.2f}" for before, after in pairwise(points))]


def _slowest_query(size: dict) -> str:
    return f"{max(median(runs) for runs in size['milliseconds'].values()):.1f} ms"


def _engine(size: dict, engine: str) -> str:
    return _times(mart_seconds(size.get(engine, [])), mart_seconds(size["marts_in_duckdb"]))


def _publishing(size: dict) -> str:
    publish = size.get("publish")
    if publish is None:
        return "–"
    if "failed" in publish:
        return "failed"
    return _duration(sum(taken for step, taken in publish["steps"].items() if step != "building"))


def _duration(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f} s" if value < 100 else f"{value:.0f} s"
