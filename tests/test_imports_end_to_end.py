"""From the files to the marts, in a copy of the project: what importers land builds, adds up to the cent and cites its rows."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from contracts.add.imports.bench import measure
from contracts.add.imports.maquette import import_maquette
from contracts.add.imports.programmation import import_programmation
from contracts.add.imports.session import Places
from contracts.common.project import PROJECT, copy_project, open_warehouse, run_dbt

pytestmark = pytest.mark.slow

EXAMPLES = PROJECT / "examples" / "imports"
CONTRACT = "exemple_vallee_2021_2027"
HIGHER = (
    "select contract_key, contracted_eur from marts.funding_by_contract "
    "where contract_key in ('cper_picardie_2015_2020', 'cper_npdc_2015_2020')"
)

# spellings of cells that the warehouse must read as the importer did
SPELLINGS = [
    "12,5 M€",
    "300 k€",
    "1.234.567",
    "0,345",
    "1 234 567,89",
    "1\u202f000,5",
    "2,165 milliards d'euros",
    "1,234567 M€",
    "7",
    "40,1234",
]


def build(project: Path) -> duckdb.DuckDBPyConnection:
    run = run_dbt("build", project=project)
    assert run.success, run.text
    return open_warehouse(project / "warehouse.duckdb")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("imports"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that are imported: the examples, a breakdown of a total of the seeds, a wrong total, odd spellings in a workbook."""
    folder = tmp_path_factory.mktemp("files")
    for name in ("maquette.csv", "maquette.yml", "programmation.csv", "programmation.yml"):
        (folder / name).write_bytes((EXAMPLES / name).read_bytes())
    about = "document: {title: Essai, publisher: Document fictif, published_on: 2016-01, status: report}\n"
    (folder / "annexe.csv").write_text(
        "Volet;Opération;État;Région\nMobilités;Gare fictive;12,5;7,5\nMobilités;Pont fictif;10;\nTotal;;22,5;9\n", encoding="utf-8"
    )
    (folder / "annexe.yml").write_text(
        "contract: cper_picardie_2015_2020\nparent_line_code: cper_picardie_total\nunit: M€\n"
        + about
        + "columns: {volet: Volet, operation: Opération}\n"
        "funders: {État: etat, Région: region_picardie}\n",
        encoding="utf-8",
    )
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Opération", "Financeur", "Montant"])
    for number, cell in enumerate([*SPELLINGS, 1234.567, 234.567, 33333.3333333, 0.1 + 0.2, 12]):
        sheet.append([f"Opération {number}", "etat", cell])
    book.save(folder / "formes.xlsx")
    (folder / "formes.yml").write_text(
        "contract: {code: formes_fictives, label_fr: Formes (fictif), type: fund, period_start_year: 2015, period_end_year: 2020}\n"
        + about
        + "columns: {operation: Opération, funder: Financeur, amount: Montant}\n",
        encoding="utf-8",
    )
    return folder


def import_all(project: Path, files: Path) -> None:
    for name, suffix in (("maquette", ".csv"), ("annexe", ".csv"), ("formes", ".xlsx")):
        import_maquette(files / f"{name}{suffix}", files / f"{name}.yml", Places(project))
    import_programmation(files / "programmation.csv", files / "programmation.yml", Places(project))


@pytest.fixture(scope="module")
def before(project: Path) -> dict[str, Decimal]:
    with build(project) as connection:
        return dict(connection.execute(HIGHER).fetchall())


@pytest.fixture(scope="module")
def built(project: Path, files: Path, before: dict[str, Decimal]) -> Iterator[duckdb.DuckDBPyConnection]:
    import_all(project, files)
    with build(project) as connection:
        yield connection


def test_the_marts_show_the_imported_contract_to_the_cent(built: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select funder_key, contracted_eur, programmed_eur, committed_eur, paid_eur from marts.funding_by_partner where contract_key = ?"
    )
    found = {row[0]: row[1:] for row in built.execute(query, [CONTRACT]).fetchall()}
    assert found["etat"] == (Decimal("6600000.00"), Decimal("3000000.00"), Decimal("1600000.00"), Decimal("720000.00"))
    assert found["region_hdf"] == (Decimal("10950250.00"), Decimal("1000000.00"), Decimal("900000.00"), Decimal("310250.75"))
    total = built.execute("select contracted_eur from marts.funding_by_contract where contract_key = ?", [CONTRACT]).fetchone()
    assert total == (Decimal("18800750.00"),)


def test_every_total_of_the_example_is_reconciled(built: duckdb.DuckDBPyConnection) -> None:
    query = "select verdict, count(*) from quality.envelope_reconciliation where contract_key = ? group by verdict"
    assert built.execute(query, [CONTRACT]).fetchall() == [("matched", 12)]


def test_progress_follows_the_closing_dates(built: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select closing_date, committed_eur, paid_eur from marts.progress_by_volet_and_territory "
        "where contract_key = ? and volet_label_fr like '%Mobilités' order by closing_date"
    )
    assert built.execute(query, [CONTRACT]).fetchall() == [
        (date(2022, 12, 31), Decimal("650000.00"), Decimal("0.00")),
        (date(2023, 12, 31), Decimal("2000000.00"), Decimal("910250.75")),
    ]


def test_every_figure_cites_its_file_and_row(built: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select document_title, line_number, printed_figure, printed_unit, parsed_value from quality.figure_citations "
        "where subject_code = 'exemple_vallee_2021_2027__maquette__1_1__etat'"
    )
    title = "Maquette financière du contrat fictif de la vallée d'Exemple"
    assert built.execute(query).fetchall() == [(title, 4, "1 200", "k€", Decimal("1200000.00"))]


def test_a_breakdown_under_a_total_of_the_seeds_leaves_higher_totals_unchanged(
    built: duckdb.DuckDBPyConnection, before: dict[str, Decimal]
) -> None:
    assert dict(built.execute(HIGHER).fetchall()) == before
    query = "select sum(contracted_eur) from star.fct_funding where contract_key = 'cper_picardie_2015_2020' and row_kind = ?"
    assert built.execute(query, ["unallocated"]).fetchone() == (Decimal("768000000.00"),)


def test_a_wrong_total_is_shown_and_not_mended(built: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select verdict, declared_eur, broken_down_eur, accepted_reason is not null from quality.envelope_reconciliation "
        "where envelope_key = 'cper_picardie_2015_2020__annexe__total__region_picardie'"
    )
    assert built.execute(query).fetchall() == [("missing_breakdown", Decimal("9000000.00"), Decimal("7500000.00"), True)]


def test_odd_spellings_are_read_alike_by_importer_and_warehouse(built: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select sum(row_count), sum(row_count) filter (where status = 'pass') from quality.rule_results "
        "where rule_id = 'amount_matches_citation' and contract_key = 'formes_fictives'"
    )
    assert built.execute(query).fetchone() == (15, 15)


def test_a_second_import_changes_no_byte_and_a_correction_only_its_own(
    project: Path, files: Path, built: duckdb.DuckDBPyConnection
) -> None:
    built.close()
    landed = {path: path.read_bytes() for path in (project / "landing").rglob("*.csv")}
    import_all(project, files)
    assert {path: path.read_bytes() for path in (project / "landing").rglob("*.csv")} == landed
    corrected = (files / "maquette.csv").read_text(encoding="utf-8").replace("p.m.;7 000", "100;7 100")
    (files / "maquette.csv").write_text(corrected, encoding="utf-8")
    import_all(project, files)
    changed = {path.name for path, content in landed.items() if path.read_bytes() != content}
    assert changed == {f"{CONTRACT}__maquette.csv"}
    with build(project) as connection:
        funders = "select funder_key, contracted_eur from marts.funding_by_partner where contract_key = ?"
        found = dict(connection.execute(funders, [CONTRACT]).fetchall())
        assert found["vallee_d_exemple_cc_fictive"] == Decimal("1350500.00")
        assert found["etat"] == Decimal("6600000.00")
        assert dict(connection.execute(HIGHER).fetchall()).keys() == {"cper_picardie_2015_2020", "cper_npdc_2015_2020"}


@pytest.mark.parametrize("kind", ["maquette", "programmation"])
def test_a_million_rows_stay_under_a_gibibyte(kind: str, tmp_path: Path) -> None:
    speed = measure(kind, 1_000_000, tmp_path, PROJECT)
    assert speed.accepted == speed.rows
    assert speed.peak_mib < 1024
