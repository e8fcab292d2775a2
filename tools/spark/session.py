"""Spark in a session of this machine: its warehouse in a scratch folder, and the Parquet files of its tables as DuckDB reads them."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contracts.common.project import PROJECT
from tools.environments import PythonEnvironment, ToolError, run

PACKAGES = PythonEnvironment(PROJECT / ".venv-spark", PROJECT / "requirements-spark.lock")
MEGABYTES = 460

_WAREHOUSE = "CONTRACTS_SPARK_WAREHOUSE"


@contextmanager
def running(folder: Path) -> Iterator[dict[str, str]]:
    """Variables for a session whose tables stand in the folder. Raises ToolError without Java."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise ToolError("Java is missing: install version 17, on Debian with apt-get install openjdk-17-jre-headless")
    home = folder / "spark"
    (home / "conf").mkdir(parents=True)
    # the catalogue of tables is a Derby database, by default in the folder where the command runs
    settings = {
        "spark.master": "local[2]",
        "spark.sql.warehouse.dir": str(home / "warehouse"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": f"jdbc:derby:;databaseName={home / 'catalogue'};create=true",
        "spark.driver.extraJavaOptions": f"-Dderby.stream.error.file={home / 'derby.log'}",
        "spark.local.dir": str(home / "local"),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    text = "\n".join(f"{name} {value}" for name, value in settings.items())
    (home / "conf" / "spark-defaults.conf").write_text(text + "\n", encoding="utf-8")
    yield os.environ | {
        _WAREHOUSE: str(home / "warehouse"),
        "SPARK_CONF_DIR": str(home / "conf"),
        "PYSPARK_PYTHON": PACKAGES.program("python"),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }


def tables(variables: dict[str, str], names: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """SQL of DuckDB that reads the Parquet files of the tables of these schemas and names; those that are there."""
    warehouse = Path(variables[_WAREHOUSE])
    folders = {(schema, name): warehouse / f"{schema}.db" / name for schema, name in names}
    return {table: f"read_parquet('{place}/**/*.parquet')" for table, place in folders.items() if any(place.rglob("*.parquet"))}


def sums_of_lake(variables: dict[str, str], lake: Path) -> dict[str, dict[str, int | str | None]]:
    """Rows (row_count) and sum of every decimal column of the lake's tables, read in place by Spark from the tables of spark.sql."""
    script = Path(__file__).with_name("lake_sums.py")
    return json.loads(run([PACKAGES.program("python"), str(script), str(lake)], "Spark does not read the lake", variables).splitlines()[-1])
