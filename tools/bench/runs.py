"""The whole benchmark: every size, the shipped data, the machine; keeps what was measured before and is not measured now."""

import importlib.metadata
import json
import os
import platform
import shutil
from dataclasses import asdict
from pathlib import Path

from tools.bench.generator import plan
from tools.bench.plot import draw
from tools.bench.postgres import programs
from tools.bench.shipped import measure_shipped
from tools.bench.sizes import Settings, measure_size, mebibytes
from tools.bench.tables import Tell, page

_PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb", "polars", "pyarrow")


def machine() -> dict:
    """Cores, processor, memory in GiB and versions of what is measured."""
    processor = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        processor = named[0] if named else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = {"Python": platform.python_version()} | {name: importlib.metadata.version(name) for name in _PACKAGES}
    return {"cores": os.cpu_count(), "processor": processor, "memory_gib": round(memory, 1), "versions": versions}


def run(lines: list[int], settings: Settings, folder: Path, output: Path, shipped: bool, tell: Tell) -> Path:
    """Measures and writes output/benchmark.md, benchmark.json and images/benchmark.svg. Returns the page.

    Sizes of an earlier run with the same threads and seed on the same machine stay in it, unless they are measured again. What is
    measured is written after each size. folder: scratch, removed afterwards. Raises BenchError when a measure fails or cannot be taken,
    ValueError for a size that cannot be made.
    """
    _refuse_early(lines, settings)
    results = {"machine": machine(), "settings": asdict(settings), "sizes": [], "shipped": None}
    path = output / "benchmark.json"
    if path.exists():
        before = json.loads(path.read_text(encoding="utf-8"))
        if before["machine"] == results["machine"] and _comparable(before["settings"]) == _comparable(results["settings"]):
            results |= {"sizes": before["sizes"], "shipped": before["shipped"]}
    output.mkdir(parents=True, exist_ok=True)
    try:
        if shipped:
            results["shipped"] = measure_shipped(folder / "shipped", settings, tell)
            _write(results, path)
        for count in sorted(lines):
            size = measure_size(count, folder / str(count), settings, tell)
            results["sizes"] = sorted([*(old for old in results["sizes"] if old["lines"] != count), size], key=lambda each: each["lines"])
            _write(results, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return output / "benchmark.md"


def _refuse_early(lines: list[int], settings: Settings) -> None:
    """Finds before the first measure what would end a later one."""
    for count in lines:
        plan(count)
    mebibytes(settings.memory_limit)
    if settings.postgres:
        programs()


def _comparable(settings: dict) -> dict:
    """What must be the same for sizes to stand in one table."""
    return {name: settings[name] for name in ("threads", "seed")}


def _write(results: dict, path: Path) -> None:
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(page(results), encoding="utf-8")
    if len(results["sizes"]) > 1:
        draw(results["sizes"], path.parent / "images" / "benchmark.svg")
