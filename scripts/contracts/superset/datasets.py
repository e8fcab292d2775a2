"""The published file as Superset's database, and marts as its datasets, labelled from quality.data_dictionary."""

import uuid
from pathlib import Path

import duckdb

VERSION = "1.0.0"
DATABASE = "Contrats territoriaux"
_NAMESPACE = uuid.UUID("5b0f4f0e-2d0c-4b0e-9d0a-6f1f5a3c7e21")

# What a chart divides in two has no column of its own: (name, French label, SQL), by mart.
_SPLITS = {
    "funding_by_volet": [
        ("sum_broken_down_contracted_eur", "dont ventilé", "sum(contracted_eur) - coalesce(sum(unallocated_contracted_eur), 0)")
    ]
}


def identifier(kind: str, name: str) -> str:
    """The uuid of a thing, the same at every run: by it Superset knows what to overwrite."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{name}"))


def metric_name(column: str) -> str:
    """Name of the metric that adds a column up."""
    return f"sum_{column}"


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
        select dictionary.column_name, columns.data_type, dictionary.label_fr, dictionary.description_en, dictionary.is_additive
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
    sums = [
        (metric_name(name), label, f"sum({name})") for name, _, label, _, additive in columns if (additive or "").startswith("yes")
    ] + _SPLITS.get(mart, [])
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
        "metrics": [
            {"metric_name": name, "verbose_name": label, "expression": expression, "d3format": ",.0f"} for name, label, expression in sums
        ],
        "uuid": identifier("dataset", mart),
        "database_uuid": identifier("database", DATABASE),
        "version": VERSION,
    }
