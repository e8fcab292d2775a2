"""The published file as Superset's database, and marts as its datasets, labelled from quality.data_dictionary."""

import uuid
from pathlib import Path

import duckdb

VERSION = "1.0.0"
DATABASE = "Contrats territoriaux"
_NAMESPACE = uuid.UUID("5b0f4f0e-2d0c-4b0e-9d0a-6f1f5a3c7e21")


def identifier(kind: str, name: str) -> str:
    """The uuid of a thing, the same at every run: by it Superset knows what to overwrite."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{name}"))


def metric_name(column: str, millions: bool = False) -> str:
    """Name of the metric that adds a column up, in euros or in millions of euros."""
    return f"sum_{column.removesuffix('_eur')}_meur" if millions else f"sum_{column}"


def _metrics(columns: list[tuple]) -> list[dict]:
    """A metric for each column that adds up, and for money one in millions: (name, type, French label, description, additive)."""
    metrics = []
    for name, data_type, label, _, additive in columns:
        if not (additive or "").startswith("yes"):
            continue
        metrics.append({"metric_name": metric_name(name), "verbose_name": label, "expression": f"sum({name})", "d3format": ",.0f"})
        if data_type.startswith("DECIMAL"):
            expression = f"sum({name}) / 1000000"
            metrics.append(
                {"metric_name": metric_name(name, True), "verbose_name": f"{label} (M€)", "expression": expression, "d3format": ",.1f"}
            )
    return metrics


def database(path: Path) -> dict:
    """The file, opened read-only and kept from reading any other one."""
    settings = {"read_only": True, "config": {"enable_external_access": False}}
    return {
        "database_name": DATABASE,
        "sqlalchemy_uri": f"duckdb:///{path.resolve()}",
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_file_upload": False,
        "expose_in_sqllab": True,
        "extra": {"engine_params": {"connect_args": settings}},
        "uuid": identifier("database", DATABASE),
        "version": VERSION,
    }


def dataset(connection: duckdb.DuckDBPyConnection, mart: str) -> dict:
    """A mart with French labels; only columns that add up become metrics. Raises ValueError if the file lacks it."""
    columns = connection.execute(
        """
        select
            dictionary.column_name, columns.data_type, dictionary.label_fr,
            concat_ws(' ', dictionary.description_en, 'Null: ' || dictionary.null_means || '.'), dictionary.is_additive
        from quality.data_dictionary as dictionary
        inner join information_schema.columns as columns
            on dictionary.schema_name = columns.table_schema
            and dictionary.model_name = columns.table_name
            and dictionary.column_name = columns.column_name
        where dictionary.schema_name = 'marts' and dictionary.model_name = ?
        order by dictionary.column_position
        """,
        [mart],
    ).fetchall()
    if not columns:
        raise ValueError(f"the file has no mart {mart}, or its data dictionary does not describe it")
    return {
        "table_name": mart,
        "schema": "marts",
        "main_dttm_col": None,
        "description": connection.execute(
            "select comment from duckdb_tables() where schema_name = 'marts' and table_name = ?", [mart]
        ).fetchone()[0],
        "columns": [
            {
                "column_name": name,
                "verbose_name": label,
                "description": description,
                "type": data_type,
                "is_dttm": data_type == "DATE",
                "filterable": True,
                "groupby": not data_type.startswith("DECIMAL"),
            }
            for name, data_type, label, description, _ in columns
        ],
        "metrics": _metrics(columns),
        "uuid": identifier("dataset", mart),
        "database_uuid": identifier("database", DATABASE),
        "version": VERSION,
    }
