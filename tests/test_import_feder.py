"""Lists of European operations: what each row becomes, what each defect is told as."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from contracts.add.imports.list_messages import LISTS
from contracts.add.imports.messages import FINDINGS, REFUSALS, REPORT
from imported_lists import EXAMPLES, SAMPLES, Imported, read, run_import, tables, write

KIND = "feder-operations"
HEADER = [
    "Programme",
    "Intitulé du projet  - operation name",
    "Nom du bénéficiaire - beneficiary name",
    "Code postal du bénéficiaire",
    "Date de début de l'opération - operation start date",
    "Date de fin de l'opération - operation end date",
    "Total dépenses éligibles",
    "Montant UE programmé - Union co-financing rate",
    "Pays - Country",
    "Date de programmation",
    "Catégorie d'intervention - category of intervention",
    "Fonds",
]
ROW = {
    "programme": "PO FICTIF",
    "operation": "Halle fictive",
    "beneficiary": "Commune fictive",
    "postcode": "59000",
    "start_date": "2015-01-01",
    "end_date": "2017-12-31",
    "eligible_eur": "100000.0",
    "eu_eur": "40000.0",
    "country": "FR",
    "programmed_on": "2015-03-25",
    "category": "CI01_094 - Patrimoine",
    "fund": "FEDER",
}
FIELDS = tuple(ROW)


def row(operation: str = "Halle fictive", **changes: str) -> list[str]:
    """A sound row with these changes."""
    cells = {**ROW, "operation": operation, **changes}
    return [cells[field] for field in FIELDS]


REJECTED = [
    ("no programme", {"programme": ""}, "missing_value", "it is required"),
    ("no EU amount", {"eu_eur": ""}, "missing_value", "it is required"),
    ("a word for the EU amount", {"eu_eur": "beaucoup"}, "not_an_amount", "beaucoup"),
    ("EU amount to be settled", {"eu_eur": "à préciser"}, "not_an_amount", "not an amount"),
    ("negative EU amount", {"eu_eur": "-40000.0"}, "negative_amount", "is negative"),
    ("EU rate among amounts", {"eu_eur": "40 %"}, "percent_not_amount", "percentage"),
    ("a word for the cost", {"eligible_eur": "inconnu"}, "not_an_amount", "inconnu"),
    ("negative cost", {"eligible_eur": "-1"}, "negative_amount", "is negative"),
    ("cost in thousands or decimals", {"eligible_eur": "100.000"}, "ambiguous_amount", "two ways"),
    ("cost that is an identifier", {"eligible_eur": "21060004500392"}, "amount_too_large", "identifier"),
    ("error of a spreadsheet", {"eu_eur": "#N/A"}, "excel_error", "#N/A"),
    ("control character", {"beneficiary": "Com\x0bmune"}, "unreadable_character", "control character"),
]
DOUBTED = [
    ("EU above the cost", {"eu_eur": "100000.01"}, "eu_above_eligible", "100000.0"),
    ("no cost", {"eligible_eur": ""}, "eligible_missing", "no cost"),
    ("EU amount of zero", {"eu_eur": "0.0"}, "amount_is_zero", "is zero"),
    ("more than cents", {"eu_eur": "40000.1234"}, "rounded_to_cents", "rounded"),
    ("ends a day before it starts", {"start_date": "2015-09-01", "end_date": "2015-08-31"}, "ends_before_it_starts", "2015-08-31"),
    ("ends a year before it starts", {"start_date": "2014-01-02", "end_date": "2013-12-31"}, "ends_before_it_starts", "2014-01-02"),
    ("start in words", {"start_date": "printemps"}, "date_unreadable", "printemps"),
    ("programmed in another century", {"programmed_on": "1900-01-02"}, "date_unreadable", "1900-01-02"),
    ("programmed long before", {"programmed_on": "2000-01-01"}, "date_implausible", "2016-07-11"),
    ("programmed after publication", {"programmed_on": "2017-09-24"}, "date_implausible", "2016-07-11"),
    ("date number of Excel", {"start_date": "42005"}, "excel_serial_date", "2015-01-01"),
    ("postcode without its zero", {"postcode": "3000"}, "postcode_lost_zero", "03000"),
    ("no postcode", {"postcode": ""}, "postcode_missing", "No postcode"),
    ("postcode with letters", {"postcode": "Lille"}, "postcode_invalid", "Lille"),
    ("no fund", {"fund": "NR"}, "fund_missing", "NR"),
    ("unknown fund", {"fund": "FICTIF"}, "fund_missing", "FICTIF"),
    ("no beneficiary", {"beneficiary": ""}, "beneficiary_missing", "not stated"),
    ("another spelling", {"beneficiary": "COMMUNE   FICTIVE !"}, "beneficiary_spelled_differently", "Commune fictive"),
]
SOUND = [
    ("French amounts", {"eligible_eur": "1 362 666,50", "eu_eur": "460 364,25 €"}),
    ("French dates", {"start_date": "01/01/2015", "programmed_on": "25/03/2015"}),
    ("another country", {"country": "BE", "postcode": "B-7000"}),
    ("no category", {"category": "NR"}),
    ("no dates", {"start_date": "", "end_date": "", "programmed_on": ""}),
    ("capitals without accents", {"beneficiary": "COMMUNE FICTIVE"}),
]
CASES = [*((name, changes, "rejected", rule, says) for name, changes, rule, says in REJECTED)]
CASES += [(name, changes, "accepted_with_doubt", rule, says) for name, changes, rule, says in DOUBTED]
NAMES = [case[0] for case in [*CASES, *SOUND]]


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """One file with every defect in a row of its own, after a sound row."""
    folder = tmp_path_factory.mktemp("operations")
    rows = [row("first"), *(row(name, **changes) for name, changes, *_ in [*CASES, *SOUND])]
    rows += [row("same"), row("same"), row("same", eu_eur="1.0"), row(""), row("short")[:5], [*row("long"), "more"]]
    imported = run_import(KIND, write(folder / "liste.csv", HEADER, rows), folder, published_on="2016-07-11")
    assert imported.exit_code == 0, imported.output
    return imported


def line_of(name: str) -> str:
    return str(NAMES.index(name) + 3)


@pytest.mark.parametrize(("name", "changes", "decision", "rule", "says"), CASES, ids=[case[0] for case in CASES])
def test_a_defect_is_told(one_of_each: Imported, name: str, changes: dict[str, str], decision: str, rule: str, says: str) -> None:
    findings = [finding for finding in one_of_each.findings() if finding["line"] == line_of(name)]
    (finding,) = [finding for finding in findings if finding["rule"] == rule and finding["decision"] == decision]
    assert says in finding["message_en"]
    assert finding["message_fr"] != finding["message_en"]
    assert finding["column"] in HEADER
    assert name in finding["original_row"]


@pytest.mark.parametrize(
    ("place", "decision", "rule"),
    [
        (1, "rejected", "row_repeated"),
        (2, "accepted_with_doubt", "operation_repeated"),
        (3, "accepted_with_doubt", "operation_untitled"),
        (4, "rejected", "too_few_cells"),
        (5, "rejected", "too_many_cells"),
    ],
)
def test_a_row_beside_others_is_told(one_of_each: Imported, place: int, decision: str, rule: str) -> None:
    line = str(len(NAMES) + 3 + place)
    assert [(f["line"], f["decision"]) for f in one_of_each.findings() if f["rule"] == rule] == [(line, decision)]


def test_sound_rows_raise_no_doubt(one_of_each: Imported) -> None:
    told = {finding["line"] for finding in one_of_each.findings()}
    assert [name for name, _ in SOUND if line_of(name) in told] == []


def test_no_row_is_lost(one_of_each: Imported) -> None:
    report = one_of_each.report()
    assert report["rows_in"] == 1 + len(NAMES) + 6 == report["accepted"] + report["rejected"]
    assert report["rejected"] == len(REJECTED) + 3
    assert len(one_of_each.rows("operations")) == report["accepted"]


def test_what_a_row_becomes(one_of_each: Imported) -> None:
    operations = {row["label_fr"]: row for row in one_of_each.rows("operations")}
    lines = {(row["operation_code"], row["line_use"]): row for row in one_of_each.rows("financial_lines")}

    def line(operation: str, use: str) -> dict[str, str]:
        return lines[operations[operation]["operation_code"], use]

    cost, eu = line("French amounts", "cost"), line("French amounts", "counted")
    assert (cost["amount_eur"], cost["partner_code"], cost["instrument"]) == ("1362666.50", "", "unknown")
    assert (eu["amount_eur"], eu["partner_code"], eu["stage"], eu["fund_code"]) == ("460364.25", "union_europeenne", "programmed", "feder")
    assert (eu["theme_code"], eu["effective_on"], eu["inferred_columns"]) == ("culture_heritage", "2015-03-25", "theme_code")
    assert (operations["no cost"]["operation_code"], "cost") not in lines
    backwards = line("ends a year before it starts", "counted")
    assert (backwards["period_start_year"], backwards["period_end_year"]) == ("", "")
    assert "ends (2013-12-31) before it starts" in backwards["note"]
    assert line("programmed long before", "counted")["effective_on"] == ""
    assert line("no beneficiary", "counted")["beneficiary_partner_code"] == ""
    spelled = {line(name, "counted")["beneficiary_partner_code"] for name in ("first", "another spelling", "capitals without accents")}
    assert len(spelled) == 1
    notices = " ".join(one_of_each.report()["notices"]["en"])
    assert "announces a rate, the cells are euros" in notices
    assert "No column identifies the operation" in notices


REFUSED: list[tuple[str, Sequence[str] | bytes, list[list[str]], list[str], str]] = [
    ("empty file", b"", [], [], "est vide"),
    ("headers only", HEADER, [], [], "que des en-têtes"),
    ("a web page", b"<!DOCTYPE html><p>Liste</p>", [], [], "en réalité HTML"),
    ("rates for euros", HEADER, [row(eu_eur="40"), row("b", eu_eur="50 %")], [], "des taux"),
    ("no EU column", ["Rien" if h.startswith("Montant UE") else h for h in HEADER], [row()], [], "reconnue comme eu_eur"),
    ("no cost column", ["Rien" if h.startswith("Total") else h for h in HEADER], [row()], [], "reconnue comme eligible_eur"),
    ("no programme column", ["Rien", *HEADER[1:]], [row()], [], "reconnue comme programme"),
    ("two titles", [*HEADER, "Nom de l'opération"], [[*row(), "y"]], [], "plusieurs colonnes pour operation"),
    ("unknown contract", HEADER, [row()], ["--contract", "po_feder"], "pas un contrat connu"),
    ("choice of no name", HEADER, [row()], ["--column", "Fonds=caisse"], "pas un nom officiel"),
    ("nothing sound", HEADER, [row(eu_eur="beaucoup")], [], "Aucune des 1 lignes"),
    ("strict", HEADER, [row(), row("b", eu_eur="beaucoup")], ["--strict"], "--strict"),
]


@pytest.mark.parametrize(("name", "header", "rows", "options", "says"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_file_is_refused(tmp_path: Path, name: str, header: Sequence[str] | bytes, rows: list, options: list[str], says: str) -> None:
    path = tmp_path / "liste.csv"
    if isinstance(header, bytes):
        path.write_bytes(header)
    else:
        write(path, header, rows)
    imported = run_import(KIND, path, tmp_path, *options, lang="fr")
    assert imported.exit_code == 1
    assert says in imported.output
    assert tables(imported.landing) == {}


def test_a_programme_of_the_seeds_is_attached(tmp_path: Path) -> None:
    rows = [row(programme="PO_031_FEDER/FSE 14-20"), row("b", programme="PROGRAMME OPERATIONNEL FEDER-FSE NORD-PAS-DE-CALAIS 2014-2020")]
    imported = run_import(KIND, write(tmp_path / "a.csv", HEADER, rows), tmp_path)
    assert {line["contract_code"] for line in imported.rows("financial_lines")} == {"po_feder_fse_npdc_2014_2020"}
    assert imported.rows("contracts") == []
    assert "attached to contract po_feder_fse_npdc_2014_2020" in imported.output


def test_a_contract_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", HEADER[1:], [row()[1:]])
    imported = run_import(KIND, path, tmp_path, "--contract", "feder_hdf_2014_2020")
    assert {line["contract_code"] for line in imported.rows("operations")} == {"feder_hdf_2014_2020"}


def test_a_programme_is_not_landed_twice(tmp_path: Path) -> None:
    run_import(KIND, write(tmp_path / "en_2016.csv", HEADER, [row()]), tmp_path)
    imported = run_import(KIND, write(tmp_path / "en_2017.csv", HEADER, [row(eu_eur="50000.0")]), tmp_path)
    assert imported.exit_code == 1
    assert "is in en_2016 already" in imported.output
    assert imported.total(line_use="counted") == 40000


@pytest.mark.parametrize(("funder", "stage", "exit_code"), [("etat", "programmed", 0), ("union_europeenne", "programmed", 1)])
def test_other_money_of_a_programme_may_be_landed(tmp_path: Path, funder: str, stage: str, exit_code: int) -> None:
    lines = tmp_path / "landing" / "financial_lines"
    lines.mkdir(parents=True)
    columns = ["line_code", "contract_code", "partner_code", "stage"]
    write(lines / "maquette.csv", columns, [["x", "feder_hdf_2014_2020", funder, stage]])
    path = write(tmp_path / "a.csv", HEADER, [row()])
    assert run_import(KIND, path, tmp_path, "--contract", "feder_hdf_2014_2020").exit_code == exit_code


def test_again_is_the_same_and_a_correction_replaces_its_own_rows_only(tmp_path: Path) -> None:
    run_import(KIND, write(tmp_path / "autre.csv", HEADER, [row(programme="PO AUTRE", beneficiary="Autre")]), tmp_path)
    path = write(tmp_path / "liste.csv", HEADER, [row("a"), row("b")])
    first = tables(run_import(KIND, path, tmp_path).landing)
    again = run_import(KIND, path, tmp_path)
    assert "Nothing changed" in again.output
    assert tables(again.landing) == first
    codes = {line["operation_code"] for line in again.rows("operations")}
    corrected = run_import(KIND, write(path, HEADER, [row("a"), row("b", eu_eur="50000.0")]), tmp_path)
    changed = {name for name, content in tables(corrected.landing).items() if first.get(name) != content}
    assert changed == {f"{table}/liste.csv" for table in ("financial_lines", "source_documents", "source_mentions")}
    assert {line["operation_code"] for line in corrected.rows("operations")} == codes
    assert corrected.total(line_use="counted") == 40000 + 40000 + 50000


def test_the_example_adds_up(tmp_path: Path) -> None:
    path = EXAMPLES / "operations_europeennes_fictives.csv"
    imported = run_import(KIND, path, tmp_path)
    assert imported.total(line_use="cost") == Decimal("2938238.14")
    assert imported.total(line_use="counted") == Decimal("873191.98")
    assert len(imported.rows("contracts")) == 2


def test_the_sample_adds_up(tmp_path: Path) -> None:
    path = SAMPLES / "feder_operations_2014_2020.csv"
    if not path.exists():
        pytest.skip("the sample files are not beside the project (../shared/samples)")
    imported = run_import(KIND, path, tmp_path, published_on="2016-07-11")
    report = imported.report()
    assert (report["rows_in"], report["accepted"], report["rejected"]) == (1834, 1834, 0)
    assert (
        imported.total(line_use="cost") == sum(Decimal(row["Total dépenses éligibles"]) for row in read(path)) == Decimal("1169057981.58")
    )
    assert imported.total(line_use="counted") == Decimal("475332062.89")
    nord = "po_feder_fse_npdc_2014_2020"
    assert imported.total(line_use="cost", contract_code=nord) == Decimal("201348467.02")
    assert sum(row["contract_code"] == nord for row in imported.rows("operations")) == 122
    assert len(imported.rows("contracts")) == 24
    assert report["doubtful_by_rule"]["eu_above_eligible"] == 43
    assert report["doubtful_by_rule"]["ends_before_it_starts"] == 6
    assert report["doubtful_by_rule"]["postcode_lost_zero"] == 69


def test_every_sentence_has_one_rule() -> None:
    shared = [set(LISTS) & set(others) for others in (REFUSALS, FINDINGS, REPORT)]
    assert shared == [set(), set(), set()]
