"""contracts report: the page and the charts show the warehouse's own numbers, and bad input is answered with a sentence."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from contracts.cli import app
from contracts.common.project import STAGES, WAREHOUSE
from contracts.use.report import UnreadableFileError, read, write_charts
from contracts.use.report.chart_rows import ALL
from contracts.use.report.charts import DRAWINGS, chart_rows, specification
from contracts.use.report.data import Data, query_names
from contracts.use.report.map_rows import MOST_PLACES, map_outlines
from contracts.use.report.page import FOLDER, SCRIPTS, page_data, render
from contracts.use.report.tables import HIDDEN, TABLES, payload
from contracts.use.report.texts import PLAIN_WORDS, TEXTS, VOCABULARY, typeset
from small_copies import changed_copy, small_copy, tables_read
from tools.screenshots import app as screenshots

MEASURES = {
    **{f"{stage}_eur": (stage, lambda row: True) for stage in STAGES},
    "contracted_from_draft_eur": ("contracted", lambda row: row["is_from_draft"]),
    "contracted_loan_eur": ("contracted", lambda row: row["is_repayable"]),
    "unallocated_contracted_eur": ("contracted", lambda row: row["row_kind"] == "unallocated"),
}


@pytest.fixture(scope="session")
def data() -> Data:
    return read(WAREHOUSE)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_copy(WAREHOUSE, tmp_path_factory.mktemp("small") / "small.duckdb")


@pytest.fixture(scope="session")
def page(data: Data) -> str:
    return render(data)


def data_of(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL).group(1))


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize("name", ["contracts", "funders", "themes", "volets", "territories", "periods"])
def test_the_lines_behind_a_number_add_up_to_it(data: Data, name: str) -> None:
    """What the page shows when a number is clicked: the counted lines with the same keys, at the same stage."""
    keys = next(table.keys for table in TABLES if table.name == name)
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for line in data["funding"].records():
        for contract in (line["contract_key"], ALL):
            key = tuple(contract if column == "contract_key" else line[column] for column in keys)
            for measure, (stage, counts) in MEASURES.items():
                if line["stage_key"] == stage and line["amount_eur"] is not None and counts(line):
                    sums[key, measure] += line["amount_eur"]
    checked = 0
    for row in data[name].records():
        for measure in MEASURES.keys() & row.keys():
            assert (row[measure] or 0) == sums[tuple(row[column] for column in keys), measure], (name, row, measure)
            checked += row[measure] is not None
    assert checked > 20


def test_the_headline_is_the_sum_of_the_contracts(data: Data) -> None:
    (total,) = data["totals"].records()
    for stage in STAGES:
        amounts = [row[f"{stage}_eur"] for row in data["contracts"].records() if row[f"{stage}_eur"] is not None]
        assert total[f"{stage}_eur"] == (sum(amounts) if amounts else None)
    assert not [column for column in total if "low" in column or "high" in column], "bounds are not added across contracts"


def test_stages_are_called_as_in_the_warehouse(data: Data) -> None:
    assert {row["stage_key"]: (row["label_fr"], row["label_en"]) for row in data["stages"].records()} == {
        stage: VOCABULARY[stage] for stage in STAGES
    }


def test_counts_are_those_of_the_printed_counts(data: Data, warehouse: duckdb.DuckDBPyConnection) -> None:
    counts = dict(warehouse.execute("select count_code, counted_value from quality.printed_counts").fetchall())
    (total,) = data["totals"].records()
    assert total["contract_count"] == counts["instruments"] == len(data["contracts"].rows)
    assert total["contract_with_money_count"] == counts["instruments_with_money"]
    assert total["citation_count"] == counts["figures_of_lines"] == sum(row["citation_count"] for row in data["contracts"].records())
    documents = data["coverage"].records()
    assert sum(row["figure_count"] for row in documents) == counts["money_figures"]
    assert sum(row["read_twice_count"] for row in documents) == counts["money_figures_read_twice"]


def test_every_contract_is_there_once(data: Data, warehouse: duckdb.DuckDBPyConnection) -> None:
    keys = [row["contract_key"] for row in data["contracts"].records()]
    assert sorted(keys) == [key for (key,) in warehouse.sql("select contract_key from marts.funding_by_contract order by all").fetchall()]


def test_charts_hold_the_amounts_of_the_marts(data: Data) -> None:
    charts = chart_rows(data)
    totals = {row["contract_key"]: row for row in [*data["totals"].records(), *data["contracts"].records()]}
    drawn = 0
    for contract, row in totals.items():
        for stage in STAGES:
            expected = int((row[f"{stage}_eur"] or 0) * 100)
            funders = charts["funders"].get(contract, {}).get(stage, [])
            assert sum(cell["cents"] for cell in funders) == expected, (contract, stage)
            tree = charts["tree"].get(contract, {}).get(stage, [])
            assert sum(node["cents"] for node in tree if node["depth"] == 0 and (contract != ALL or node["kind"] == "total")) == expected
            leaves = [node for place, node in enumerate(tree) if place + 1 == len(tree) or tree[place + 1]["depth"] <= node["depth"]]
            assert contract == ALL or sum(node["cents"] for node in leaves) == expected, (contract, stage)
            drawn += bool(funders)
    assert drawn > 50


def test_parts_lie_inside_their_total(data: Data) -> None:
    for stages in chart_rows(data)["tree"].values():
        for nodes in stages.values():
            open_totals: list[dict] = []
            for node in nodes:
                open_totals = [total for total in open_totals[: node["depth"]] if total["start"] <= node["start"]]
                assert all(node["end"] <= total["end"] for total in open_totals), node
                open_totals = [*open_totals[: node["depth"]], node]


def test_the_map_holds_the_estimate_of_the_mart(data: Data) -> None:
    drawn_rows = chart_rows(data)["map"]
    mapped = {feature["properties"]["code"] for feature in map_outlines(data)}
    for row in data["departements"].records():
        for stage in STAGES:
            drawn = drawn_rows.get(row["contract_key"], {}).get(stage, [])
            cells = [cell["cents"] for cell in drawn if cell["kind"] == "departement" and cell["code"] == row["departement_code"]]
            expected = [int(row[f"{stage}_eur"] * 100)] if row["departement_code"] in mapped and row[f"{stage}_eur"] is not None else []
            assert cells == expected
            assert sum(cell["kind"] == "place" for cell in drawn) <= MOST_PLACES


def test_stages_are_never_in_one_chart(data: Data) -> None:
    """Each chart takes the rows of one stage; no row of a chart says which, since none mixes them."""
    for name, rows in chart_rows(data).items():
        if name != "timeline":
            assert {stage for stages in rows.values() for stage in stages} <= set(STAGES)


def test_amounts_reach_the_page_as_whole_cents(data: Data) -> None:
    for name, table in payload(data).items():
        for field, values in zip(table["fields"], zip(*table["rows"], strict=True), strict=False):
            if field.endswith(("_eur", "_eur_per_inhabitant")):
                assert all(value is None or isinstance(value, int) for value in values), (name, field)


# ---------------------------------------------------------------- words


def test_every_word_of_the_page_exists_in_both_languages(page: str) -> None:
    script = "".join((FOLDER / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    template = (FOLDER / "templates" / "page.html.j2").read_text(encoding="utf-8")
    used = (
        set(re.findall(r'\bt\("(\w+)"', script))
        | set(re.findall(r'data-(?:text|label)="(\w+)"', page))
        | set(re.findall(r'\bt\("(\w+)"\)', template))
    )
    used |= {f"table_{table.name}" for table in TABLES} | {f"{name}_chart" for name in DRAWINGS}
    assert used <= TEXTS.keys(), used - TEXTS.keys()
    assert all(french and english for french, english in (TEXTS | VOCABULARY | PLAIN_WORDS).values())


def test_every_code_shown_is_translated(data: Data, warehouse: duckdb.DuckDBPyConnection) -> None:
    shown = {
        (table.name, str(value).lower() if isinstance(value, bool) else value)
        for table in TABLES
        for column in table.columns
        if column.kind == "word"
        for value in {row[column.name] for row in data[table.name].records()} - {None}
    }
    shown |= {("rule_catalogue", who) for (who,) in warehouse.sql("select distinct repaired_by from quality.rule_catalogue").fetchall()}
    assert not {pair for pair in shown if pair[1] not in VOCABULARY}


def test_plain_words_belong_to_rules(warehouse: duckdb.DuckDBPyConnection) -> None:
    """A rule without plain words is shown with its own sentence, what was expected and what was found."""
    assert PLAIN_WORDS.keys() <= {rule for (rule,) in warehouse.sql("select rule_id from quality.rule_catalogue").fetchall()}


def test_french_punctuation_keeps_its_space() -> None:
    assert typeset("Voir : « a » ; 5 %") == "Voir\u00a0: «\u00a0a\u00a0»\u00a0; 5\u00a0%"


# ---------------------------------------------------------------- the file


def test_every_query_feeds_the_page() -> None:
    used = {table.name for table in TABLES} | set(HIDDEN) | {"timeline", "places"}
    assert set(query_names()) == used


def test_the_page_is_one_small_file_that_loads_nothing(page: str) -> None:
    assert len(page.encode()) < 3_000_000
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page).group(1).replace("&#39;", "'")
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    fingerprints = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(scripts) == 2
    assert all(f"'sha256-{fingerprint}'" in policy for fingerprint in fingerprints)
    html = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert not re.findall(r"<(?:script|link|img|iframe|object|audio|video)[^>]*(?:src|href)=[\"'](?!data:)", html)


def test_labels_cannot_end_the_data_element(small: Path, tmp_path: Path) -> None:
    copy = changed_copy(
        small, tmp_path / "copy.duckdb", ["update star.dim_partner set label_fr = '</script><script>alert(1)</script><!--'"]
    )
    page = render(read(copy))
    assert page.count("<script") == 3
    assert "alert(1)" not in re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    assert data_of(page)["tables"]["partners"]["rows"][0][1] == "</script><script>alert(1)</script><!--"


@pytest.mark.slow
def test_charts_are_written_without_a_browser(data: Data, tmp_path: Path) -> None:
    written = {path.name for path in write_charts(data, tmp_path / "charts", "en")}
    assert {"funders.svg", "funders.png", "tree.svg", "map.svg", "map_each.svg", "timeline.svg", "tree_cper_npdc_2015_2020.svg"} <= written
    assert "€2,165.0m" in (tmp_path / "charts" / "tree_cper_npdc_2015_2020.svg").read_text(encoding="utf-8")
    assert "CC BY 4.0" in (tmp_path / "charts" / "map.svg").read_text(encoding="utf-8")
    assert (tmp_path / "charts" / "funders.png").read_bytes().startswith(b"\x89PNG")


def test_the_colours_of_a_chart_belong_to_its_legend(data: Data) -> None:
    rows = chart_rows(data)["funders"]["cper_npdc_2015_2020"]["contracted"]
    scale = specification("funders", "fr", rows)["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {row["part_fr"]: row["colour"] for row in rows}


def test_a_published_file_says_its_release(small: Path, tmp_path: Path) -> None:
    release = "select date '2026-03-01' as built_at_utc, '2026-03-01-a' as release_id, date '2016-12-31' as known_as_of"
    published = read(
        changed_copy(small, tmp_path / "copy.duckdb", ["create schema publication", f"create table publication.release as {release}"])
    )
    told = page_data(published)
    assert (told["written_on"], told["release"], told["known_as_of"]) == ("2026-03-01", "2026-03-01-a", "2016-12-31")
    assert read(small).release == ""


# ---------------------------------------------------------------- bad input


def no_file(small: Path, folder: Path) -> Path:
    return folder / "nothing.duckdb"


def no_warehouse(small: Path, folder: Path) -> Path:
    (folder / "letter.duckdb").write_text("Monsieur le Préfet, ", encoding="utf-8")
    return folder / "letter.duckdb"


def empty_file(small: Path, folder: Path) -> Path:
    duckdb.connect(str(folder / "empty.duckdb")).close()
    return folder / "empty.duckdb"


def without_table(small: Path, folder: Path) -> Path:
    return changed_copy(small, folder / "old.duckdb", ["drop table marts.funding_by_departement_estimated"])


def without_column(small: Path, folder: Path) -> Path:
    return changed_copy(small, folder / "old.duckdb", ["alter table marts.funding_by_contract drop column contracted_high_eur"])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (no_file, r"nothing\.duckdb is not there: publish the warehouse first \(contracts publish\), or name another file with --database"),
        (no_warehouse, r"letter\.duckdb is no warehouse file"),
        (empty_file, r"written by another version.*citations.*Build and publish it again"),
        (without_table, r"written by another version.*« departements ».*funding_by_departement_estimated.*Build and publish it again"),
        (without_column, r"written by another version.*« contracts ».*contracted_high_eur.*Build and publish it again"),
    ],
)
def test_a_file_that_cannot_be_shown_is_said(small: Path, tmp_path: Path, make: Callable[[Path, Path], Path], message: str) -> None:
    database = make(small, tmp_path)
    with pytest.raises(UnreadableFileError, match=message):
        read(database)
    result = CliRunner().invoke(app, ["report", "--database", str(database), "--output", str(tmp_path / "page.html")])
    assert result.exit_code == 1
    assert re.search(message, result.output)
    assert "Traceback" not in result.output
    assert not (tmp_path / "page.html").exists()


def test_a_file_being_written_is_said(small: Path, tmp_path: Path) -> None:
    """Another process holds the file: the message of DuckDB is recognised."""
    database = changed_copy(small, tmp_path / "copy.duckdb")
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb, sys; c = duckdb.connect({str(database)!r}); print('held', flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(UnreadableFileError, match="is open in another process"):
            read(database)
    finally:
        holder.communicate(b"")


def test_a_page_that_cannot_be_written_is_said(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = CliRunner().invoke(app, ["report", "--database", str(small), "--output", str(tmp_path / "file" / "page.html")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output
    assert "Traceback" not in result.output


def test_an_unknown_language_is_said(small: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", "--database", str(small), "--charts", str(tmp_path), "--language", "de"])
    assert (result.exit_code, "choose fr or en" in result.output) == (1, True)


def test_a_warehouse_without_a_line_still_gives_a_page(small: Path, tmp_path: Path) -> None:
    empty = read(
        changed_copy(small, tmp_path / "copy.duckdb", [f"delete from {table}" for table in sorted(tables_read() - {"star.dim_stage"})])
    )
    assert "<h1" in render(empty)
    assert write_charts(empty, tmp_path / "charts") == []


def test_pictures_need_a_report(tmp_path: Path) -> None:
    result = CliRunner().invoke(screenshots, ["--report", str(tmp_path / "index.html"), "--folder", str(tmp_path)])
    assert (result.exit_code, "run contracts report first" in result.output) == (1, True)
