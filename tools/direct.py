"""The compiled SQL of the project in the order of a build, to run directly in DuckDB without dbt."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

from contracts.common.project import PROJECT

_KINDS = ("seed", "model", "test")


@dataclass(frozen=True)
class Statement:
    """One SQL statement of a build. kind: seed, landing, model or test; a test returns its failing rows.

    name: that of the dbt node. relation: the quoted table or view that it makes. columns: those of a seed. parents: names of the seeds,
    tables and views that it reads, itself or in an ephemeral model.
    """

    kind: str
    name: str
    sql: str
    relation: str = ""
    is_view: bool = False
    columns: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


def read_manifest(project: Path = PROJECT, target: Path = Path("target")) -> dict:
    """The manifest that the last dbt command wrote. target: its target path. Raises FileNotFoundError before the first one."""
    return json.loads((project / target / "manifest.json").read_text(encoding="utf-8"))


def schemas(manifest: dict) -> list[str]:
    """Every schema that the nodes and sources of the manifest stand in."""
    return sorted({node["schema"] for kind in ("nodes", "sources") for node in manifest[kind].values()})


def load_seed(relation: str, column_types: dict[str, str], path: Path) -> str:
    """SQL that makes a table of a seed file, with the types of its YAML."""
    types = ", ".join(f"'{column}': '{kind}'" for column, kind in column_types.items())
    return f"create or replace table {relation} as select * from read_csv('{path}', header = true, columns = {{{types}}})"


def _landing(manifest: dict, folder: Path | None) -> list[Statement]:
    """The landing tables, with the rows of the files of the folder; without a folder they stay empty, and what is run is the seeds."""
    types = {node["name"]: node["config"]["column_types"] for node in manifest["nodes"].values() if node["resource_type"] == "seed"}
    built, loads = [], []
    for source in manifest["sources"].values():
        relation = f'"{source["schema"]}"."{source["identifier"]}"'
        if source["source_name"] == "landing":
            columns = types[source["name"]] | {"landing_file": "varchar"}
            loads += _load_files(source["name"], relation, types[source["name"]], folder) if folder else []
        elif source["source_name"] == "official":
            continue
        else:
            columns = {column["name"]: column["data_type"] for column in source["columns"].values()}
        sql = f"create or replace table {relation} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})"
        built.append(Statement("landing", source["name"], sql, relation))
    if loads:
        loads.append(
            Statement("landing", "changed_contracts", "insert into landing.changed_contracts select contract_code from landing.contracts")
        )
    return built + loads


def _load_files(table: str, relation: str, types: dict[str, str], folder: Path) -> list[Statement]:
    """SQL that loads the files of one landing table, all of a format at once."""
    loads = []
    for form in ("csv", "parquet"):
        if not any((folder / table).glob(f"*.{form}")):
            continue
        named = f"'{folder / table / f'*.{form}'}', filename = 'landing_file', union_by_name = true"
        if form == "csv":
            kinds = ", ".join(f"'{column}': '{kind}'" for column, kind in types.items())
            named += f", header = true, types = {{{kinds}}}"
        place = f"'landing/{table}/' || parse_filename(landing_file) as landing_file"
        sql = f"insert into {relation} by name select * replace ({place}) from read_{form}({named})"
        loads.append(Statement("landing", table, sql, relation))
    return loads


def _needed(parents: dict[str, list[str]], targets: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(targets)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(parents[key])
    return found


def statements(
    manifest: dict, only: Iterable[str] | None = None, seeds: Path = PROJECT / "seeds", landing: Path | None = None
) -> list[Statement]:
    """The SQL of every seed, landing table, model and test of the manifest, parents first; tests of staging stand before what follows it.

    only: names of the nodes that are wanted, with all that they read; everything when None. seeds: folder of the CSV files.
    landing: folder of landed files to load; without it the landing tables stay empty.
    """
    nodes = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] in _KINDS}
    parents = {key: [parent for parent in node["depends_on"].get("nodes", []) if parent in nodes] for key, node in nodes.items()}
    if only is not None:
        wanted = set(only)
        needed = _needed(parents, (key for key, node in nodes.items() if node["name"] in wanted))
        parents = {key: above for key, above in parents.items() if key in needed}
    built = []
    read: dict[str, tuple[str, ...]] = {}
    for key in TopologicalSorter(parents).static_order():
        node = nodes[key]
        above = tuple(dict.fromkeys(name for parent in parents[key] for name in read[parent]))
        read[key] = above if node["config"]["materialized"] == "ephemeral" else (node["name"],)
        relation = f'"{node["schema"]}"."{node["alias"]}"'
        if node["resource_type"] == "seed":
            path = seeds / Path(node["original_file_path"]).name
            sql = load_seed(relation, node["config"]["column_types"], path)
        elif node["resource_type"] == "test":
            sql = node["compiled_code"]
        elif node["config"]["materialized"] == "ephemeral":
            continue
        else:
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            sql = f"create or replace {kind} {relation} as {node['compiled_code']}"
        statement = Statement(
            node["resource_type"],
            node["name"],
            sql.replace('"warehouse".', ""),
            relation,
            node["config"]["materialized"] == "view",
            tuple(node["config"].get("column_types") or ()),
            above,
        )
        staged = all(nodes[part]["schema"] == "staging" for part in ([key] if statement.kind == "model" else parents[key]))
        order = 0 if statement.kind == "seed" else 3 if not staged else 1 if statement.kind == "model" else 2
        built.append((order, statement))
    return _landing(manifest, landing) + [statement for _, statement in sorted(built, key=lambda pair: pair[0])]
