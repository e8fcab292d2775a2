"""The charts, the dashboard, and the bundle that carries them into Superset."""

import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import yaml

from contracts.common.project import STAGES
from tools.superset.datasets import VERSION, database, dataset, identifier, metric_name

SLUG = "contrats-territoriaux"
TITLE = "Contrats territoriaux"
ROW_LIMIT = 50_000

_STAGES = [f"{stage}_eur" for stage in STAGES]
_GUIDE = """\
**Lire ces montants.** Chaque euro n'a qu'une place. *Non ventilé* : la part d'un total qu'aucun document ne répartit. Les stades (annoncé,
contractualisé, programmé, engagé, payé) ne s'additionnent pas ; les dates d'arrêté non plus. Une cellule vide est inconnue, pas nulle.
"""


@dataclass(frozen=True)
class Chart:
    """A chart on one mart. Measures are columns that it adds up by its dimensions; without measures it shows the rows as they are.

    kind: Superset's name of the visualisation. only: column that must have a value for a row to be shown.
    millions: sums are shown in millions of euros, else in euros. width: twelfths of the page. height: Superset's grid units.
    """

    title: str
    mart: str
    kind: str
    dimensions: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    millions: bool = False
    only: str | None = None
    options: dict = field(default_factory=dict)
    width: int = 12
    height: int = 50

    @property
    def metrics(self) -> list[str]:
        return [metric_name(measure, self.millions) for measure in self.measures]


_BARS = {
    "orientation": "horizontal",
    "x_axis_sort_asc": True,  # the longest bar on top
    "truncate_metric": True,
    "show_value": True,
    "rich_tooltip": True,
    "y_axis_format": ",.1f",
    "color_scheme": "supersetColors",
    "show_legend": True,
    "legendOrientation": "top",
}

_TABLE = {"show_cell_bars": False, "color_pn": False, "page_length": 0, "table_timestamp_format": "%Y-%m-%d"}

CHARTS = [
    Chart(
        "Total contractualisé",
        "funding_by_contract",
        "big_number_total",
        measures=["contracted_eur"],
        options={"y_axis_format": ",.0f", "subheader": "euros, prêts compris", "header_font_size": 0.3, "subheader_font_size": 0.125},
        width=4,
        height=24,
    ),
    Chart(
        "Contractualisé par financeur, M€",
        "funding_by_partner",
        "echarts_timeseries_bar",
        ["funder_label_fr"],
        ["contracted_eur"],
        millions=True,
        only="contracted_eur",
        options=_BARS | {"show_legend": False},
        width=6,
        height=60,
    ),
    Chart(
        "Contractualisé par volet, dont non ventilé, M€",
        "funding_by_volet",
        "echarts_timeseries_bar",
        ["volet_label_fr"],
        ["contracted_eur", "unallocated_contracted_eur"],
        millions=True,
        only="contracted_eur",
        options=_BARS,
        width=6,
        height=60,
    ),
    Chart(
        "Avancement par volet et territoire, à chaque date d'arrêté",
        "progress_by_volet_and_territory",
        "table",
        [
            "volet_label_fr",
            "territory_label_fr",
            "closing_date",
            *_STAGES[1:],
            "programming_rate_percent",
            "commitment_rate_percent",
            "payment_rate_percent",
            "theoretical_rate_percent",
            "rate_caveat",
            "contract_label_fr",
        ],
        options=_TABLE
        | {
            "column_config": {stage: {"d3NumberFormat": ",.0f"} for stage in _STAGES}
            | {"contract_label_fr": {"columnWidth": 150}, "volet_label_fr": {"columnWidth": 150}, "rate_caveat": {"columnWidth": 120}}
        },
        height=90,
    ),
    Chart(
        "Montants par contrat et par stade",
        "funding_by_contract",
        "table",
        ["contract_label_fr"],
        [*_STAGES, "unallocated_contracted_eur", "contracted_from_draft_eur"],
        options=_TABLE,
        height=50,
    ),
]


def bundle(path: Path) -> bytes:
    """The zip file of Superset's asset import: database, datasets, charts and dashboard on the file at path.

    Raises ValueError if the file lacks a mart that a chart shows.
    """
    with duckdb.connect(str(path), read_only=True, config={"enable_external_access": False}) as connection:
        files: dict[str, dict] = {
            "metadata.yaml": {"version": VERSION, "type": "assets"},
            f"databases/{SLUG}.yaml": database(path),
            f"dashboards/{SLUG}.yaml": _dashboard(_contract_with_most_lines(connection)),
        }
        for mart in sorted({chart.mart for chart in CHARTS}):
            files[f"datasets/{SLUG}/{mart}.yaml"] = dataset(connection, mart)
    for number, chart in enumerate(CHARTS):
        files[f"charts/{number}_{chart.mart}.yaml"] = _chart(chart)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, description in files.items():
            archive.writestr(f"assets/{name}", yaml.safe_dump(description, allow_unicode=True, sort_keys=False))
    return content.getvalue()


def _contract_with_most_lines(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Label of the contract that the dashboard opens on. None: the file has no contract."""
    row = connection.execute(
        "select contract_label_fr from marts.funding_by_contract order by financial_line_count desc nulls last, contract_key limit 1"
    ).fetchone()
    return row[0] if row else None


def _chart(chart: Chart) -> dict:
    aggregates = bool(chart.metrics)
    form = {"viz_type": chart.kind, "row_limit": ROW_LIMIT, **chart.options}
    query = {
        "columns": chart.dimensions,
        "metrics": chart.metrics if aggregates else None,
        "filters": [{"col": chart.only, "op": "IS NOT NULL"}] if chart.only else [],
        "orderby": [[chart.metrics[0], False]] if aggregates else [],
        "row_limit": ROW_LIMIT,
    }
    form["adhoc_filters"] = (
        [{"expressionType": "SIMPLE", "clause": "WHERE", "subject": chart.only, "operator": "IS NOT NULL", "operatorId": "IS_NOT_NULL"}]
        if chart.only
        else []
    )
    if chart.kind == "big_number_total":
        form["metric"] = chart.metrics[0]
    elif chart.kind == "table" and not aggregates:
        form |= {"query_mode": "raw", "all_columns": chart.dimensions}
    elif chart.kind == "table":
        form |= {"query_mode": "aggregate", "groupby": chart.dimensions, "metrics": chart.metrics}
    else:
        form |= {"x_axis": chart.dimensions[0], "x_axis_sort": chart.metrics[0], "metrics": chart.metrics, "groupby": []}
    return {
        "slice_name": chart.title,
        "viz_type": chart.kind,
        "params": form,
        "query_context": json.dumps(
            {
                "datasource": {"id": 0, "type": "table"},
                "force": True,
                "queries": [query],
                "form_data": form,
                "result_format": "json",
                "result_type": "full",
            }
        ),
        "uuid": identifier("chart", chart.title),
        "dataset_uuid": identifier("dataset", chart.mart),
        "version": VERSION,
    }


def _dashboard(default_contract: str | None) -> dict:
    guide = {"type": "MARKDOWN", "id": "MARKDOWN-guide", "children": [], "meta": {"width": 8, "height": CHARTS[0].height, "code": _GUIDE}}
    cells = [guide] + [
        {
            "type": "CHART",
            "id": f"CHART-{number}",
            "children": [],
            "meta": {
                "width": chart.width,
                "height": chart.height,
                "chartId": number + 1,  # Superset puts the real one in its place
                "uuid": identifier("chart", chart.title),
                "sliceName": chart.title,
            },
        }
        for number, chart in enumerate(CHARTS)
    ]
    rows = _rows(cells)
    position: dict = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": [row["id"] for row in rows], "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": TITLE}},
    }
    for row in rows:
        position[row["id"]] = row | {"parents": ["ROOT_ID", "GRID_ID"]}
    for cell in cells:
        row = next(row for row in rows if cell["id"] in row["children"])
        position[cell["id"]] = cell | {"parents": ["ROOT_ID", "GRID_ID", row["id"]]}
    return {
        "dashboard_title": TITLE,
        "slug": SLUG,
        "published": True,
        "position": position,
        "metadata": {"native_filter_configuration": [_contract_filter(default_contract)], "cross_filters_enabled": True},
        "uuid": identifier("dashboard", SLUG),
        "version": VERSION,
    }


def _rows(cells: list[dict]) -> list[dict]:
    """Cells in rows of twelve twelfths, in their order."""
    rows: list[dict] = []
    room = 0
    for cell in cells:
        if cell["meta"]["width"] > room:
            name = f"ROW-{len(rows)}"
            rows.append({"type": "ROW", "id": name, "children": [], "meta": {"background": "BACKGROUND_TRANSPARENT"}})
            room = 12
        rows[-1]["children"].append(cell["id"])
        room -= cell["meta"]["width"]
    return rows


def _contract_filter(default: str | None) -> dict:
    column = "contract_label_fr"
    chosen = {
        "filterState": {"value": [default]},
        "extraFormData": {"filters": [{"col": column, "op": "IN", "val": [default]}]},
    }
    return {
        "id": "NATIVE_FILTER-contract",
        "name": "Contrat",
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "targets": [{"datasetUuid": identifier("dataset", "funding_by_contract"), "column": {"name": column}}],
        "defaultDataMask": chosen if default else {"filterState": {}, "extraFormData": {}},
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False, "searchAllOptions": True, "inverseSelection": False},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
    }
