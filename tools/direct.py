"""The compiled SQL of the project in the order of a build, to run directly in DuckDB without dbt."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from contracts.common.landing import load, make_tables
from contracts.common.landing_files import landing_tables
from contracts.common.project import PROJECT

_KINDS = ("seed", "model", "test")


@dataclass(frozen=True)
class Statement:
    """One SQL statement of a build. kind: seed, model or test; a test returns its failing rows.

    name: that of the dbt node. relation: the quoted table or view that it makes. is_gate: whether it looks for broken rows of seeds and
    landing files. columns: those of a seed. parents: names of the seeds, tables and views that it reads, itself or in an ephemeral model.
    """

    kind: str
    name: str
    sql: str
    relation: str = ""
    is_view: bool = False
    is_gate: bool = False
    columns: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()

    @property
    def insertion(self) -> str:
        """SQL that fills the table of a seed or model instead of making it."""
        return self.sql.replace(f"create or replace table {self.relation} as", f"insert into {self.relation}", 1)


def read_manifest(project: Path = PROJECT, target: Path = Path("target")) -> dict:
    """The manifest that the last dbt command wrote. target: its target path. Raises FileNotFoundError before the first one."""
    return json.loads((project / target / "manifest.json").read_text(encoding="utf-8"))


def schemas(manifest: dict) -> list[str]:
    """Every schema that the nodes and sources of the manifest stand in."""
    return sorted({node["schema"] for kind in ("nodes", "sources") for node in manifest[kind].values()})


def prepare(connection: duckdb.DuckDBPyConnection, manifest: dict, project: Path = PROJECT, with_landing: bool = False) -> None:
    """Makes what the statements of a build need: schemas, the state of builds, the landing tables.

    with_landing: load the files of the project's landing/; without it the landing tables stay empty, and what is run is the seeds.
    """
    for schema in schemas(manifest):
        connection.execute(f'create schema if not exists "{schema}"')
    for source in manifest["sources"].values():
        if source["source_name"] == "build_state":
            columns = ", ".join(f"{column['name']} {column['data_type']}" for column in source["columns"].values())
            connection.execute(f"create table {source['schema']}.{source['identifier']} ({columns})")
    if with_landing:
        load(connection, project)
    else:
        make_tables(connection, landing_tables(project))


def load_seed(relation: str, columns: Iterable[str], path: Path) -> str:
    """SQL that makes a table of text of a seed file."""
    types = ", ".join(f"'{column}': 'varchar'" for column in columns)
    return f"create or replace table {relation} as select * from read_csv('{path}', header = true, columns = {{{types}}})"


def _needed(parents: dict[str, list[str]], targets: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(targets)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(parents[key])
    return found


def statements(manifest: dict, only: Iterable[str] | None = None, seeds: Path = PROJECT / "seeds") -> list[Statement]:
    """The SQL of every seed, model and test of the manifest, parents first; tests of staging stand before what follows it.

    only: names of the nodes that are wanted, with all that they read; everything when None. seeds: folder of the CSV files.
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
            node["path"].startswith("staging/rejects/") or node["name"] == "lost_parts",
            tuple(node["config"].get("column_types") or ()),
            above,
        )
        staged = all(nodes[part]["schema"] == "staging" for part in ([key] if statement.kind == "model" else parents[key]))
        order = 0 if statement.kind == "seed" else 3 if not staged else 1 if statement.kind == "model" else 2
        built.append((order, statement))
    return [statement for _, statement in sorted(built, key=lambda pair: pair[0])]
