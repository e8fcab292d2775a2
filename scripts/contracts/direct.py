"""The SQL that dbt compiled, as plain statements that DuckDB runs without dbt."""

from collections.abc import Iterable
from graphlib import TopologicalSorter

from contracts.project import PROJECT


def nodes_in_order(manifest: dict, names: Iterable[str] | None = None) -> list[dict]:
    """The seeds, models and tests of a compiled manifest, parents first.

    manifest: content of target/manifest.json after dbt compile or build. names: models to keep, with the seeds and models that they
    read; all nodes when None. Raises KeyError for a name that no node has.
    """
    nodes = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] in ("seed", "model", "test")}
    parents = {key: [parent for parent in node["depends_on"].get("nodes", []) if parent in nodes] for key, node in nodes.items()}
    if names is not None:
        keys = {node["name"]: key for key, node in nodes.items()}
        waiting, kept = [keys[name] for name in names], set()
        while waiting:
            key = waiting.pop()
            if key not in kept:
                kept.add(key)
                waiting.extend(parents[key])
        parents = {key: parents[key] for key in parents if key in kept}
    return [nodes[key] for key in TopologicalSorter(parents).static_order()]


def relation(node: dict) -> str:
    """The quoted schema and name of a node's table or view."""
    return f'"{node["schema"]}"."{node["alias"]}"'


def column_types(seed: dict) -> dict[str, str]:
    """The declared type of each column of a seed, in the order of its file."""
    return seed["config"]["column_types"]


def statement(node: dict) -> str | None:
    """What makes a seed or model, or counts the rows that fail a test, in a database without name; None for an ephemeral model."""
    if node["resource_type"] == "seed":
        types = ", ".join(f"'{column}': '{kind}'" for column, kind in column_types(node).items())
        path = PROJECT / node["original_file_path"]
        return f"create or replace table {relation(node)} as select * from read_csv('{path}', header = true, columns = {{{types}}})"
    # dbt writes the name of the database file before every schema
    sql = node["compiled_code"].replace('"warehouse".', "")
    if node["resource_type"] == "test":
        return f"select count(*) from ({sql}) as failing"
    if node["config"]["materialized"] == "ephemeral":
        return None
    kind = "view" if node["config"]["materialized"] == "view" else "table"
    return f"create or replace {kind} {relation(node)} as {sql}"


def statements(manifest: dict) -> list[str]:
    """The SQL of every seed, model and test of the manifest, parents first."""
    return [sql for node in nodes_in_order(manifest) if (sql := statement(node)) is not None]
