"""How importers read files and write landing: what they detect, what becomes of each row, and that nothing is half done."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.add.imports.identifiers import sirens, sirets
from contracts.add.imports.maquette import import_maquette
from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.programmation import import_programmation
from contracts.add.imports.reading import find_table, open_source
from contracts.add.imports.session import Outcome, Places
from contracts.add.imports.template import write_template
from contracts.add.imports.values import amounts, dates, percentages, read_amount, slug, slugs, years
from contracts.add.imports.writing import LandingWriter, finish_interrupted, only_writer
from contracts.common.project import PROJECT
from contracts.common.texts import has_valid_check_digit

EXAMPLES = PROJECT / "examples" / "imports"


def texts(*cells: str) -> pd.Series:
    return pd.Series(cells, dtype="str")


def rows_of(folder: Path, table: str, name: str) -> list[dict[str, str]]:
    with (folder / "landing" / table / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def maquette(folder: Path, file: Path = EXAMPLES / "maquette.csv", mapping: Path = EXAMPLES / "maquette.yml") -> Outcome:
    return import_maquette(file, mapping, Places(PROJECT, folder / "landing", folder / "rejects"))


def programmation(
    folder: Path, file: Path = EXAMPLES / "programmation.csv", mapping: Path | None = EXAMPLES / "programmation.yml"
) -> Outcome:
    return import_programmation(file, mapping, Places(PROJECT, folder / "landing", folder / "rejects"))


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()}


# values


@pytest.mark.parametrize(
    ("cell", "unit", "euros", "low", "high"),
    [
        ("1234", "€", "1234.00", "1233.50", "1234.50"),
        ("1 234,5", "€", "1234.50", "1234.45", "1234.55"),
        ("1\u202f234\u00a0567,89", "€", "1234567.89", "1234567.89", "1234567.90"),
        ("1.234.567,89", "€", "1234567.89", "1234567.89", "1234567.90"),
        ("1.234.567", "€", "1234567.00", "1234566.50", "1234567.50"),
        ("1,234,567", "€", "1234567.00", "1234566.50", "1234567.50"),
        ("12,5 M€", "€", "12500000.00", "12450000.00", "12550000.00"),
        ("300 k€", "€", "300000.00", "299500.00", "300500.00"),
        ("2,165 milliards d'euros", "€", "2165000000.00", "2164500000.00", "2165500000.00"),
        ("12,345", "k€", "12345.00", "12344.50", "12345.50"),
        ("12,5", "M€", "12500000.00", "12450000.00", "12550000.00"),
        ("12,5 M€", "M€", "12500000.00", "12450000.00", "12550000.00"),
        ("0,345", "€", "0.35", "0.34", "0.35"),
        ("1,234567", "M€", "1234567.00", "1234566.50", "1234567.50"),
        ("0", "€", "0.00", "0.00", "0.50"),
        ("999 €", "€", "999.00", "998.50", "999.50"),
    ],
)
def test_an_amount_is_read_with_the_precision_that_it_prints(cell: str, unit: str, euros: str, low: str, high: str) -> None:
    read = amounts(texts(cell), unit)
    found = [Decimal(int(value)) / 100 for value in (read.cents[0], read.low_cents[0], read.high_cents[0])]
    assert found == [Decimal(euros), Decimal(low), Decimal(high)]
    assert read.has_amount[0] and read.problem[0] is None


def test_a_known_separator_of_thousands_makes_ambiguous_amounts_plain() -> None:
    assert amounts(texts("12.345")).problem[0] == "ambiguous_amount"
    read = amounts(texts("12.345", "1,234,567.89"), thousands=".")
    assert (read.cents[0], read.printed.iloc[0]) == (1_234_500, "12345")
    assert read.problem[1] == "not_an_amount"
    assert amounts(texts("1,234,567.89"), thousands=",").printed.iloc[0] == "1234567,89"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.from_regex(r"[0-9]{1,4}( [0-9]{3}){0,2}([.,][0-9]{1,3})?( ?(k€|M€|€))?", fullmatch=True), min_size=1, max_size=20))
def test_a_column_is_read_like_its_cells_one_by_one(cells: list[str]) -> None:
    read = amounts(texts(*cells))
    for position, cell in enumerate(cells):
        alone = read_amount(cell)
        assert (read.cents[position], read.low_cents[position], read.high_cents[position]) == (alone.cents, alone.low, alone.high)
        assert (read.problem[position], read.doubt[position]) == (alone.problem, alone.doubt)


def test_dates_years_and_percentages() -> None:
    read = dates(texts("31/12/2020", "2020-12-31 00:00:00", "1er mars 2021", "44196", "31.12.2020", "12/31/2020", "", "30/2/2021"))
    assert list(read.value) == ["2020-12-31", "2020-12-31", "2021-03-01", "2020-12-31", "2020-12-31", None, None, None]
    assert list(read.problem) == [None, None, None, None, None, "not_a_date", None, "not_a_date"]
    assert list(read.doubt[2:4]) == [None, "excel_serial_date"]
    assert list(years(texts("2021", "2021,0", "31/12/2020", "", "x")).value) == ["2021", "2021", "2020", None, None]
    assert list(percentages(texts("30 %", "12,5", "101", "abc")).value) == ["30.00", "12.50", None, None]


def test_identifiers() -> None:
    assert has_valid_check_digit("356000000") and has_valid_check_digit("35600000000048") and has_valid_check_digit("35600000049837")
    read = sirets(texts("21590350100017", "215 903 501 00017", "21590350100018", "2,15904E+13", "2159035010001", "", "00000000000000"))
    assert list(read.value) == ["21590350100017", "21590350100017", None, None, None, None, None]
    assert list(read.problem) == [None, None, "luhn_fails", "excel_damaged_number", "siret_invalid", None, "luhn_fails"]
    lost = sirens(texts("5580543", "5580544"))
    assert (lost.value[0], lost.doubt[0], lost.problem[1]) == ("005580543", "lost_leading_zero", "siren_invalid")


def test_codes_are_the_same_for_one_text_and_for_a_column() -> None:
    names = ["Cœur d'Ostrevent", "  ÉCOLE — n° 2 ", "Ça & là", "…"]
    assert [slug(name) for name in names] == list(slugs(texts(*names))) == ["coeur_d_ostrevent", "ecole_n_2", "ca_la", ""]


# reading


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("A;B\né;1\n".encode(), {"encoding": "UTF-8", "delimiter": "« ; »"}),
        (b"\xef\xbb\xbf" + "A;B\né;1\n".encode(), {"encoding": "UTF-8", "delimiter": "« ; »"}),
        ("A,B\né,1\n".encode("cp1252"), {"encoding": "Windows-1252", "delimiter": "« , »"}),
        ("A\tB\né\t1\n".encode("utf-16"), {"encoding": "UTF-16", "delimiter": "tabulation"}),
    ],
)
def test_encoding_and_separator_are_detected_and_said(tmp_path: Path, content: bytes, sentence: dict[str, str]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    source = open_source(path)
    assert source.described() == ("csv_read_as", sentence)
    table = find_table(source)
    ((chunk, broken),) = table.chunks()
    assert (table.columns, chunk.frame.to_dict("records"), broken) == (["A", "B"], [{"A": "é", "B": "1"}], [])


def test_line_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ["Titre", "A;B", '"sur\r\ndeux lignes";1', "", '"cassé"x;2', "trois;3", '"ouvert;4', "quatre;5"]
    path.write_bytes("\r\n".join(lines).encode())
    table = find_table(open_source(path), header_lines=(2,))
    ((chunk, broken),) = table.chunks()
    assert dict(zip(chunk.frame["A"], chunk.lines.tolist(), strict=True)) == {"sur\r\ndeux lignes": 3, "trois": 7, "quatre": 9}
    assert [(row.line, row.rule) for row in broken] == [(6, "broken_quotes"), (8, "broken_quotes")]


def test_merged_cells_and_numbers_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Volet", "Opération", "Financeurs", None])
    sheet.append([None, None, "État", "Région"])
    sheet.append(["Mobilités", "Pont", 1234.567, 12.5])
    sheet.append([None, "Route", 10, date(2020, 12, 31)])
    for cells in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
        sheet.merge_cells(cells)
    path = tmp_path / "a.xlsx"
    book.save(path)
    table = find_table(open_source(path), "Sheet", (1, 2))
    ((chunk, broken),) = table.chunks()
    assert table.columns == ["Volet", "Opération", "Financeurs / État", "Financeurs / Région"]
    assert chunk.frame.to_numpy().tolist() == [["Mobilités", "Pont", "1234,5670", "12,5"], ["Mobilités", "Route", "10", "2020-12-31"]]
    assert (chunk.lines.tolist(), broken) == ([3, 4], [])


# the example of a maquette


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    assert maquette(folder).rejected == 0
    assert programmation(folder).rejected == 0
    return folder


NAME = "exemple_vallee_2021_2027__maquette"


def test_each_amount_of_a_maquette_is_a_line_under_its_total_with_its_mention(example: Path) -> None:
    lines = {row["line_code"].removeprefix(f"{NAME}__"): row for row in rows_of(example, "financial_lines", NAME)}
    bridge = lines["1_1__etat"]
    assert (bridge["amount_eur"], bridge["partner_code"], bridge["stage"]) == ("1200000.00", "etat", "contracted")
    assert bridge["parent_line_code"] == f"{NAME}__total__volet_1_mobilites__etat"
    assert lines["total__volet_1_mobilites__etat"]["parent_line_code"] == f"{NAME}__total__volet_1_mobilites__tous"
    assert lines["total__volet_1_mobilites__tous"]["parent_line_code"] == f"{NAME}__total__tous"
    assert lines["total__tous"]["parent_line_code"] == "" and lines["total__tous"]["breakdown"] == "exhaustive"
    assert lines["total__etat"]["line_use"] == "cross_total"
    mentions = {row["subject_code"]: row for row in rows_of(example, "source_mentions", NAME)}
    cited = mentions[bridge["line_code"]]
    assert (cited["document_code"], cited["line_number"], cited["printed_figure"], cited["printed_unit"]) == (NAME, "4", "1 200", "k€")
    assert lines["1_1__cost"]["line_use"] == "cost" and lines["1_1__cost"]["partner_code"] == ""
    assert (lines["1_3__vallee_d_exemple_cc_fictive"]["amount_status"], lines["1_3__vallee_d_exemple_cc_fictive"]["line_number"]) == (
        "not_printed",
        "6",
    )


def test_the_file_is_a_document_with_its_fingerprint(example: Path) -> None:
    (document,) = rows_of(example, "source_documents", NAME)
    assert (document["document_code"], document["published_on"], document["document_status"]) == (NAME, "2021-06-30", "signed")
    assert document["line_count"] == "11" and len(document["sha256"]) == 64


def test_positions_of_a_programming_table_keep_their_line_and_their_date(example: Path) -> None:
    name = "exemple_vallee_2021_2027__programmation"
    rows = [row for row in rows_of(example, "financial_lines", name) if row["line_code"].endswith("1_1__etat__committed")]
    assert [(row["as_of_date"], row["amount_eur"], row["measure_basis"]) for row in rows] == [
        ("2022-12-31", "400000.00", "cumulative"),
        ("2023-12-31", "1100000.00", "cumulative"),
    ]
    mentions = [row for row in rows_of(example, "source_mentions", name) if row["subject_code"] == rows[0]["line_code"]]
    assert [(row["subject_as_of_date"], row["line_number"]) for row in mentions] == [("2022-12-31", "2"), ("2023-12-31", "6")]
    # the operations and volets of the maquette are recognised, not written again
    assert {row["operation_code"] for row in rows} == {"exemple_vallee_2021_2027__1_1"}
    assert not (example / "landing" / "operations" / f"{name}.csv").exists()
    assert not (example / "landing" / "axes" / f"{name}.csv").exists()


def test_the_report_counts_every_row(example: Path) -> None:
    report = json.loads((example / "rejects" / f"{NAME}.report.json").read_text(encoding="utf-8"))
    assert report["rows_in"] == report["accepted"] == 8
    assert report["doubtful_by_rule"] == {"amount_not_stated": 1}
    assert report["totals"]["total"] == "18 800 750 €"
    page = (example / "rejects" / f"{NAME}.report.md").read_text(encoding="utf-8")
    assert "8 lignes lues = 8 acceptées + 0 rejetées" in page and "8 rows read = 8 accepted + 0 rejected" in page


# again, corrected, interrupted


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    assert maquette(tmp_path).changed
    before = files_of(tmp_path)
    assert not maquette(tmp_path).changed
    assert files_of(tmp_path) == before


def test_a_corrected_file_replaces_its_own_rows_only(tmp_path: Path) -> None:
    file = tmp_path / "maquette.csv"
    file.write_bytes((EXAMPLES / "maquette.csv").read_bytes())
    maquette(tmp_path, file)
    programmation(tmp_path)
    before = files_of(tmp_path / "landing")
    text = file.read_text(encoding="utf-8").replace("p.m.", "100").replace("7 000\n", "7 100\n")
    file.write_text(text, encoding="utf-8")
    outcome = maquette(tmp_path, file)
    assert outcome.changed
    after = files_of(tmp_path / "landing")
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert changed and all(path.endswith("__maquette.csv") for path in changed)
    lines = {row["line_code"]: row for row in rows_of(tmp_path, "financial_lines", NAME)}
    assert lines[f"{NAME}__1_3__vallee_d_exemple_cc_fictive"]["amount_eur"] == "100000.00"


def test_an_import_that_fails_leaves_the_last_one(tmp_path: Path) -> None:
    file, mapping = tmp_path / "maquette.csv", EXAMPLES / "maquette.yml"
    file.write_bytes((EXAMPLES / "maquette.csv").read_bytes())
    maquette(tmp_path, file)
    before = files_of(tmp_path / "landing")
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines[:3], lines[3].replace("1 200", "mille")]) + "\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError, match="nothing_accepted"):
        maquette(tmp_path, file, mapping)
    assert files_of(tmp_path / "landing") == before
    assert not (tmp_path / "landing" / ".staged" / NAME).exists()


def test_a_table_that_the_corrected_file_no_longer_needs_goes(tmp_path: Path) -> None:
    for tables in (("axes", "partners"), ("axes",)):
        writer = LandingWriter(tmp_path, "essai")
        for table in tables:
            writer.add(table, [{"code": "a", "label": "b"}])
        assert writer.commit()
    assert (tmp_path / "axes" / "essai.csv").exists()
    assert not (tmp_path / "partners" / "essai.csv").exists()


def test_an_interrupted_import_is_finished_or_dropped_by_the_next(tmp_path: Path) -> None:
    for name, is_whole in (("entier", True), ("partiel", False)):
        staged = tmp_path / ".staged" / name
        staged.mkdir(parents=True)
        (staged / "axes.csv").write_text('"axis_code"\n"a"\n', encoding="utf-8")
        if is_whole:
            (staged / "READY").write_text("axes", encoding="utf-8")
    finish_interrupted(tmp_path)
    assert (tmp_path / "axes" / "entier.csv").exists()
    assert not (tmp_path / "axes" / "partiel.csv").exists()
    assert list((tmp_path / ".staged").iterdir()) == []


def test_two_imports_at_once_do_not_mix(tmp_path: Path) -> None:
    with only_writer(tmp_path / "landing"), pytest.raises(ImportRefusedError, match="import_is_running"):
        maquette(tmp_path)


# totals


def wrong_total(folder: Path, volet: str, everything: str = "18 800,75") -> Outcome:
    file = folder / "maquette.csv"
    text = (EXAMPLES / "maquette.csv").read_text(encoding="utf-8")
    file.write_text(text.replace("5 600;750;8 350", f"5 600;750;{volet}").replace("18 800,75", everything), encoding="utf-8")
    return maquette(folder, file)


def test_a_wrong_total_stays_as_printed_and_is_recorded_as_a_contradiction(tmp_path: Path) -> None:
    assert wrong_total(tmp_path, "8 300").doubtful_by_rule["total_is_wrong"] == 2
    contradictions = rows_of(tmp_path, "accepted_contradictions", NAME)
    assert [row["subject_code"].removeprefix(f"{NAME}__") for row in contradictions] == ["total__volet_2_energie__tous", "total__tous"]
    line = next(row for row in rows_of(tmp_path, "financial_lines", NAME) if row["line_code"].endswith("total__volet_2_energie__tous"))
    assert (line["amount_eur"], line["breakdown"]) == ("8300000.00", "exhaustive")


def test_a_total_within_printed_precision_is_no_contradiction(tmp_path: Path) -> None:
    assert "total_is_wrong" in wrong_total(tmp_path, "8 352").doubtful_by_rule
    assert "total_is_wrong" not in wrong_total(tmp_path, "8 350,8", "18 801,5").doubtful_by_rule


def test_parts_that_were_rejected_leave_the_total_partly_broken_down(tmp_path: Path) -> None:
    file = tmp_path / "maquette.csv"
    text = (EXAMPLES / "maquette.csv").read_text(encoding="utf-8").replace("2 000;1 500;750", "deux;1 500;750")
    file.write_text(text, encoding="utf-8")
    outcome = maquette(tmp_path, file)
    assert (outcome.rejected, "total_is_wrong" in outcome.doubtful_by_rule) == (1, False)
    lines = {row["line_code"]: row["breakdown"] for row in rows_of(tmp_path, "financial_lines", NAME)}
    assert lines[f"{NAME}__total__volet_2_energie__tous"] == lines[f"{NAME}__total__tous"] == "partial"
    assert lines[f"{NAME}__total__volet_1_mobilites__tous"] == "exhaustive"


def test_a_breakdown_beyond_the_line_it_hangs_under_is_refused_unless_a_reason_is_given(tmp_path: Path) -> None:
    file, mapping = tmp_path / "annexe.csv", tmp_path / "annexe.yml"
    file.write_text("Opération;État\nPont;1 900 000\nTotal;1 900 000\n", encoding="utf-8")
    described = (
        "contract: cper_npdc_2015_2020\nparent_line_code: cper_npdc_total\nunit: k€\n"
        "document: {title: A, publisher: B, published_on: 2016, status: signed}\n"
        "columns: {operation: Opération}\nfunders: {État: etat}\n"
    )
    mapping.write_text(described, encoding="utf-8")
    with pytest.raises(ImportRefusedError, match="parent_over_allocated") as refused:
        maquette(tmp_path, file, mapping)
    assert "Sous cper_npdc_total (2 165 000 000 €)" in refused.value.message("fr")
    mapping.write_text(described + "accept_over_allocation: The annex and the contract disagree.\n", encoding="utf-8")
    maquette(tmp_path, file, mapping)
    (accepted,) = rows_of(tmp_path, "accepted_contradictions", "cper_npdc_2015_2020__annexe")
    assert accepted["subject_code"] == "cper_npdc_total"


# partners and places


def test_official_bodies_and_places_are_recognised(tmp_path: Path) -> None:
    file, mapping = tmp_path / "lieux.csv", tmp_path / "lieux.yml"
    file.write_text(
        "Opération;Maître d'ouvrage;Commune;État\nSquare;Ville d'Arras;62001;10\n"
        "Gare;Mairie d'Arras;59350;20\nPont;Ville d'Arras;Nulle-Part;5\n",
        encoding="utf-8",
    )
    mapping.write_text(
        "contract: cper_npdc_2015_2020\ndocument: {title: A, publisher: B, published_on: 2016, status: report}\n"
        "columns: {operation: Opération, owner: Maître d'ouvrage, territory: Commune}\nfunders: {État: etat}\n",
        encoding="utf-8",
    )
    outcome = maquette(tmp_path, file, mapping)
    assert (outcome.accepted, outcome.doubtful_by_rule) == (3, {"unknown_territory": 1})
    operations = rows_of(tmp_path, "operations", "cper_npdc_2015_2020__lieux")
    assert len({row["owner_partner_code"] for row in operations}) == 1
    assert [row["territory_code"] for row in operations] == ["commune_62001", "commune_lille", ""]
    (city,) = rows_of(tmp_path, "partners", "cper_npdc_2015_2020__lieux")
    assert (city["label_fr"], city["partner_type_code"], has_valid_check_digit(city["siren"])) == ("Arras", "commune", True)


# the template


def test_the_shipped_template_is_the_one_that_the_command_writes(tmp_path: Path) -> None:
    written = write_template(tmp_path / "modele.xlsx", PROJECT)
    assert written.read_bytes() == (EXAMPLES / "modele_programmation.xlsx").read_bytes(), "run contracts import programmation --template"


def test_a_filled_template_is_imported_without_a_mapping(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLES / "modele_programmation.xlsx")
    facts = {row[0].value: row[1] for row in book["Fiche"].iter_rows()}
    for label, value in {
        "Code du contrat": "fictif_modele",
        "Libellé du contrat (s'il est nouveau)": "Contrat fictif du modèle",
        "Type de contrat (s'il est nouveau, voir Listes)": "city_contract",
        "Première année du contrat (s'il est nouveau)": 2022,
        "Dernière année du contrat (s'il est nouveau)": 2026,
        "Titre du document": "Bilan fictif",
        "Éditeur du document": "Document fictif",
        "Date de publication (jj/mm/aaaa)": date(2025, 2, 1),
    }.items():
        facts[label].value = value
    book.copy_worksheet(book["2024"]).title = "2023"
    for sheet, committed in (("2023", 100_000.5), ("2024", 250_000)):
        closing = date(int(sheet), 12, 31)
        book[sheet].append(["Cadre de vie", "1", "Square fictif", "etat", "etat", None, None, closing, 300_000, committed, None])
    path = tmp_path / "bilan.xlsx"
    book.save(path)
    outcome = programmation(tmp_path, path, None)
    assert (outcome.rows_in, outcome.accepted) == (2, 2)
    rows = [row for row in rows_of(tmp_path, "financial_lines", "fictif_modele__bilan") if row["stage"] == "committed"]
    assert sorted((row["as_of_date"], row["amount_eur"]) for row in rows) == [("2023-12-31", "100000.50"), ("2024-12-31", "250000.00")]
    documents = {row["document_code"]: row["title"] for row in rows_of(tmp_path, "source_documents", "fictif_modele__bilan")}
    assert documents == {
        "fictif_modele__bilan__2023": "Bilan fictif, feuille 2023",
        "fictif_modele__bilan__2024": "Bilan fictif, feuille 2024",
    }


def test_flows_of_several_committees_are_lines_of_their_own(tmp_path: Path) -> None:
    file, mapping = tmp_path / "comites.csv", tmp_path / "comites.yml"
    file.write_text(
        "Opération;Comité;Étape;Montant\nPont;12/05/2022;programmé;40\nPont;18/11/2022;programmé;2\nPont;18/11/2022;programmé;3\n",
        encoding="utf-8",
    )
    mapping.write_text(
        "contract: cper_npdc_2015_2020\nmeasure: flow\nfunder: etat\nunit: k€\n"
        "document: {title: A, publisher: B, published_on: 2023-01, status: report}\n"
        "columns: {operation: Opération, committee_date: Comité, stage: Étape, amount: Montant}\n",
        encoding="utf-8",
    )
    programmation(tmp_path, file, mapping)
    rows = rows_of(tmp_path, "financial_lines", "cper_npdc_2015_2020__comites")
    assert [(row["effective_on"], row["amount_eur"], row["measure_basis"]) for row in rows] == [
        ("2022-05-12", "40000.00", "flow"),
        ("2022-11-18", "2000.00", "flow"),
        ("2022-11-18", "3000.00", "flow"),
    ]
    assert len({row["line_code"] for row in rows}) == 3


def test_a_drafted_mapping_describes_the_example(tmp_path: Path) -> None:
    import yaml

    from contracts.add.imports.guessing import draft_mapping

    draft = draft_mapping(EXAMPLES / "maquette.csv", tmp_path / "draft.yml", Places(PROJECT, tmp_path / "landing"))
    drafted = yaml.safe_load(draft.read_text(encoding="utf-8"))
    shipped = yaml.safe_load((EXAMPLES / "maquette.yml").read_text(encoding="utf-8"))
    for key in ("header_lines", "unit", "columns", "fill_down"):
        assert drafted[key] == shipped[key], key
    assert drafted["funders"] == {"État": "etat", "Région Hauts-de-France": "region_hdf", "Vallée d'Exemple (CC fictive)": "?"}
