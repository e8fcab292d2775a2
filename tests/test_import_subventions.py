"""Lists of subventions: what each row becomes, what each defect is told as, what the file must not leave open."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from contracts.add.imports.headers import read_dictionary
from contracts.add.imports.list_bench import fictitious_siret
from contracts.add.imports.subventions_reading import FIELDS
from imported_lists import EXAMPLES, SAMPLES, Imported, read, run_import, tables, write

KIND = "scdl-subventions"
FUNDER, BODY, OTHER = (fictitious_siret(number) for number in (20, 21, 22))
ZERO_FIRST = fictitious_siret(1_234_567)  # begins with one zero
ROW = {
    "nomAttribuant": "Ville fictive",
    "idAttribuant": FUNDER,
    "dateConvention": "2023-03-15",
    "nomBeneficiaire": "Association fictive",
    "idBeneficiaire": BODY,
    "objet": "Festival",
    "montant": "1000.00",
    "nature": "aide en numéraire",
    "conditionsVersement": "unique",
    "datesPeriodeVersement": "2023-04-01",
    "notificationUE": "non",
    "pourcentageSubvention": "1",
}


def row(reference: str = "D1", **changes: str) -> list[str]:
    """A sound row with these changes."""
    cells = {**ROW, "referenceDecision": reference, **changes}
    return [cells.get(field, "") for field in FIELDS]


REJECTED = [
    ("funder without number", {"idAttribuant": ""}, "missing_value", "it is required"),
    ("funder number with letters", {"idAttribuant": "SIRET inconnu"}, "siret_invalid", "is not a SIRET"),
    ("funder number too short", {"idAttribuant": "123456789"}, "siret_invalid", "14 digits"),
    ("funder number with a wrong digit", {"idAttribuant": FUNDER[:-1] + str((int(FUNDER[-1]) + 1) % 10)}, "luhn_fails", "check digit"),
    ("funder number damaged by Excel", {"idAttribuant": "2,43E+13"}, "excel_damaged_number", "Excel damaged"),
    ("no date", {"dateConvention": ""}, "missing_value", "it is required"),
    ("month 30", {"dateConvention": "2017-30-05"}, "not_a_date", "2017-30-05"),
    ("a word for a date", {"dateConvention": "printemps"}, "not_a_date", "printemps"),
    ("year of two digits", {"dateConvention": "15/03/23"}, "ambiguous_date", "Write four"),
    ("another century", {"dateConvention": "1887-03-15"}, "date_out_of_range", "1945"),
    ("no amount", {"montant": ""}, "missing_value", "it is required"),
    ("a word for an amount", {"montant": "mille"}, "not_an_amount", "mille"),
    ("amount to be settled", {"montant": "à définir"}, "not_an_amount", "not an amount"),
    ("negative amount", {"montant": "-500"}, "negative_amount", "is negative"),
    ("percentage for an amount", {"montant": "12 %"}, "percent_not_amount", "percentage"),
    ("thousands or decimals", {"montant": "12.500"}, "ambiguous_amount", "two ways"),
    ("amount that is an identifier", {"montant": "21060004500392"}, "amount_too_large", "identifier"),
    ("error of a spreadsheet", {"montant": "#REF!"}, "excel_error", "#REF!"),
    ("no share", {"pourcentageSubvention": ""}, "missing_value", "it is required"),
    ("a word for a share", {"pourcentageSubvention": "moitié"}, "share_invalid", "is not a share"),
    ("share of zero", {"pourcentageSubvention": "0"}, "share_invalid", "is not a share"),
    ("negative share", {"pourcentageSubvention": "-0.5"}, "share_invalid", "is not a share"),
    ("share above all", {"pourcentageSubvention": "45"}, "share_invalid", "0 – 1"),
    ("share of 120 %", {"pourcentageSubvention": "120 %"}, "share_invalid", "120 %"),
    ("control character", {"objet": "Festi\x07val"}, "unreadable_character", "control character"),
]
DOUBTED = [
    ("funder number without its zero", {"idAttribuant": ZERO_FIRST[1:]}, "lost_leading_zero", ZERO_FIRST),
    ("only a year", {"dateConvention": "2023"}, "date_is_a_year", "only the year"),
    ("agreement after publication", {"dateConvention": "2025-01-01"}, "date_implausible", "2024-06-30"),
    ("date number of Excel", {"dateConvention": "45000"}, "excel_serial_date", "2023-03-15"),
    ("period of another month 30", {"datesPeriodeVersement": "2017-03-02/2017-30-05"}, "payment_period_unreadable", "payment period"),
    ("period in words", {"datesPeriodeVersement": "à la signature"}, "payment_period_unreadable", "payment period"),
    ("period backwards in a year", {"datesPeriodeVersement": "2023-09-01/2023-03-01"}, "payment_period_reversed", "before it starts"),
    ("period backwards over years", {"datesPeriodeVersement": "2024-01-01/2023-01-01"}, "payment_period_reversed", "before it starts"),
    ("more than cents", {"montant": "45.3333"}, "rounded_to_cents", "rounded"),
    ("amount of zero", {"montant": "0"}, "amount_is_zero", "is zero"),
    ("beneficiary number with a wrong digit", {"idBeneficiaire": BODY[:-1] + str((int(BODY[-1]) + 1) % 10)}, "luhn_fails", "check digit"),
    ("beneficiary number damaged by Excel", {"idBeneficiaire": "3,8E+13"}, "excel_damaged_number", "Excel damaged"),
    ("beneficiary number with letters", {"idBeneficiaire": "en cours"}, "siret_invalid", "is not a SIRET"),
    ("beneficiary number without its zero", {"idBeneficiaire": ZERO_FIRST[1:]}, "lost_leading_zero", ZERO_FIRST),
    ("RNA number too short", {"rnaBeneficiaire": "W12"}, "rna_invalid", "W and 9 digits"),
    ("beneficiary without number", {"idBeneficiaire": "", "nomBeneficiaire": "Amis fictifs"}, "beneficiary_by_name", "by its name"),
    ("nobody", {"idBeneficiaire": "", "nomBeneficiaire": ""}, "beneficiary_missing", "not stated"),
    ("no object", {"objet": ""}, "object_missing", "not stated"),
    ("unknown nature", {"nature": "prêt"}, "nature_unknown", "prêt"),
    ("another spelling", {"nomBeneficiaire": "Asso. fictive"}, "beneficiary_spelled_differently", "Association fictive"),
    ("a part only", {"pourcentageSubvention": "0.25"}, "shares_below_whole", "unallocated"),
]
SOUND = [
    ("French amount", {"montant": "1 234,56 €"}),
    ("no-break spaces", {"montant": "12\u202f345,00"}),
    ("thousands of euros", {"montant": "12 k€"}),
    ("French date", {"dateConvention": "15/03/2023"}),
    ("period in French", {"datesPeriodeVersement": "01/04/2023 au 30/06/2024"}),
    ("no period", {"datesPeriodeVersement": ""}),
    ("100 %", {"pourcentageSubvention": "100 %"}),
    ("RNA alone", {"idBeneficiaire": "", "rnaBeneficiaire": "W123456789", "nomBeneficiaire": "Club fictif"}),
    ("aid in kind", {"nature": "aide en nature"}),
    ("capitals without accents", {"nature": "AIDE EN NUMERAIRE", "nomBeneficiaire": "ASSOCIATION FICTIVE"}),
]
CASES = [*((name, changes, "rejected", rule, says) for name, changes, rule, says in REJECTED)]
CASES += [(name, changes, "accepted_with_doubt", rule, says) for name, changes, rule, says in DOUBTED]


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """One file with every defect in a row of its own, after a sound row."""
    folder = tmp_path_factory.mktemp("subventions")
    rows = [row("first"), *(row(case[0], **case[1]) for case in [*CASES, *SOUND])]
    rows += [row("same"), row("same"), row("short")[:5], [*row("long"), "more"]]
    rows += [
        row("over", objet="Trop", pourcentageSubvention="0.7"),
        row("over", objet="Trop", pourcentageSubvention="0.6", idBeneficiaire=OTHER),
    ]
    imported = run_import(KIND, write(folder / "tout.csv", FIELDS, rows), folder, "--share-scale", "fraction")
    assert imported.exit_code == 0, imported.output
    return imported


def line_of(name: str) -> str:
    names = [case[0] for case in [*CASES, *SOUND]]
    return str(names.index(name) + 3)


@pytest.mark.parametrize(("name", "changes", "decision", "rule", "says"), CASES, ids=[case[0] for case in CASES])
def test_a_defect_is_told(one_of_each: Imported, name: str, changes: dict[str, str], decision: str, rule: str, says: str) -> None:
    findings = [finding for finding in one_of_each.findings() if finding["line"] == line_of(name)]
    (finding,) = [finding for finding in findings if finding["rule"] == rule and finding["decision"] == decision]
    assert says in finding["message_en"]
    assert finding["message_fr"] != finding["message_en"]
    assert finding["column"] in FIELDS
    assert "fictive" in finding["original_row"]


@pytest.mark.parametrize(("line_from_end", "rule"), [(4, "row_repeated"), (3, "too_few_cells"), (2, "too_many_cells")])
def test_a_row_that_does_not_count_is_told(one_of_each: Imported, line_from_end: int, rule: str) -> None:
    lines = len(CASES) + len(SOUND) + 2 + 6
    assert [f["line"] for f in one_of_each.findings() if f["rule"] == rule] == [str(lines - line_from_end)]


def test_sound_rows_raise_no_doubt(one_of_each: Imported) -> None:
    told = {finding["line"] for finding in one_of_each.findings()}
    assert [name for name, _ in SOUND if line_of(name) in told] == []


def test_no_row_is_lost(one_of_each: Imported) -> None:
    report = one_of_each.report()
    assert report["rows_in"] == 1 + len(CASES) + len(SOUND) + 6 == report["accepted"] + report["rejected"]
    assert report["rejected"] == len(REJECTED) + 3
    lines = {row["line_number"] for row in one_of_each.rows("source_mentions")}
    assert len(lines) == report["accepted"]


def test_doubts_stand_in_the_note_of_the_line(one_of_each: Imported) -> None:
    by_reference = {row["note"].split(".")[0].removeprefix("Decision "): row for row in one_of_each.rows("financial_lines")}
    assert "the year of the agreement" not in by_reference["no period"]["note"]
    assert "payment period" in by_reference["period in words"]["note"]
    assert by_reference["period in words"]["inferred_columns"] == "period_start_year period_end_year"
    assert by_reference["agreement after publication"]["effective_on"] == ""
    assert by_reference["only a year"]["period_start_year"] == "2023"
    assert by_reference["aid in kind"]["credit_nature"] == "valorised"
    assert by_reference["period in French"]["period_end_year"] == "2024"
    assert by_reference["French amount"]["amount_eur"] == "1234.56"


def test_shares_beyond_the_whole_leave_the_decision_whole(one_of_each: Imported) -> None:
    lines = [line for line in one_of_each.rows("financial_lines") if line["label_fr"] == "Trop"]
    assert [(line["amount_eur"], line["breakdown"], line["parent_line_code"]) for line in lines] == [("1000.00", "", "")]
    roles = [m["role"] for m in one_of_each.rows("source_mentions") if m["subject_code"] == lines[0]["line_code"]]
    assert sorted(roles) == ["restates", "states"]


HEADER = list(FIELDS)
PARTS = [row("A", montant="600", pourcentageSubvention="0.6"), row("A", montant="400", pourcentageSubvention="0.4", idBeneficiaire=OTHER)]
REFUSED: list[tuple[str, Sequence[str] | bytes, list[list[str]], list[str], str]] = [
    ("empty file", b"", [], [], "est vide"),
    ("headers only", HEADER, [], [], "que des en-têtes"),
    ("one column", ["nomAttribuant"], [["Ville fictive"]], [], "séparateur"),
    ("a PDF", b"%PDF-1.7 fictif", [], [], "en réalité PDF"),
    ("null bytes", b"nomAttribuant;montant\n\x00\x00;1\n", [], [], "octets nuls"),
    ("an amount column twice", [*HEADER, "Montant de la subvention"], [[*row(), "5"]], [], "one"),
    (
        "an unclear SIRET column",
        ["SIRET" if h == "idAttribuant" else h for h in HEADER],
        [row()],
        [],
        "peut être idAttribuant / idBeneficiaire",
    ),
    ("no amount column", ["x" if h == "montant" else h for h in HEADER], [row()], [], "reconnue comme montant"),
    ("no funder column", ["x" if h == "idAttribuant" else h for h in HEADER], [row()], [], "reconnue comme idAttribuant"),
    ("no share column", ["x" if h == "pourcentageSubvention" else h for h in HEADER], [row()], [], "--amount-basis row"),
    ("one header twice", [*HEADER, "objet"], [[*row(), "y"]], [], "2 fois"),
    ("shares of both scales", HEADER, [row("A", pourcentageSubvention="0.5"), row("B", pourcentageSubvention="45")], [], "--share-scale"),
    ("percent without a whole", HEADER, [row("A", pourcentageSubvention="20"), row("B", pourcentageSubvention="30")], [], "--share-scale"),
    ("amounts of the rows", HEADER, PARTS, [], "--amount-basis"),
    ("unknown scale", HEADER, [row()], ["--share-scale", "permille"], "fraction | percent"),
    ("unknown basis", HEADER, [row()], ["--amount-basis", "total"], "decision | row"),
    ("column choice without sign", HEADER, [row()], ["--column", "montant"], "nom officiel"),
    ("choice of no column", HEADER, [row()], ["--column", "Somme=montant"], "n'a pas de colonne « Somme »"),
    ("choice of no name", HEADER, [row()], ["--column", "objet=projet"], "pas un nom officiel"),
    ("unknown contract", HEADER, [row()], ["--contract", "cper_npdc"], "pas un contrat connu"),
    ("unknown funder", HEADER, [row()], ["--funder", "region_hdff"], "pas un partenaire connu"),
    ("unknown status", HEADER, [row()], ["--status", "published"], "signed | draft"),
    ("no publisher", HEADER, [row()], ["--publisher", ""], "--publisher"),
    ("no date of publication", HEADER, [row()], ["--published-on", ""], "--published-on"),
    ("published in the future", HEADER, [row()], ["--published-on", "2099-01-01"], "futur"),
    ("published on no day", HEADER, [row()], ["--published-on", "bientôt"], "bientôt"),
    ("unsafe name", HEADER, [row()], ["--name", "../../seeds/contracts"], "ne peut pas servir de nom"),
    ("strict", HEADER, [row(), row(montant="mille")], ["--strict"], "--strict"),
    ("nothing sound", HEADER, [row(montant="mille")], [], "Aucune des 1 lignes"),
]


@pytest.mark.parametrize(("name", "header", "rows", "options", "says"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_file_is_refused(tmp_path: Path, name: str, header: Sequence[str] | bytes, rows: list, options: list[str], says: str) -> None:
    path = tmp_path / "liste.csv"
    if isinstance(header, bytes):
        path.write_bytes(header)
    else:
        write(path, header, rows)
    if name == "an amount column twice":
        imported = run_import(KIND, path, tmp_path, *options, lang="fr")
        assert imported.exit_code == 0  # the official name wins over another spelling
        assert imported.total() == 1000
        return
    imported = run_import(KIND, path, tmp_path, *options, lang="fr")
    assert imported.exit_code == 1
    assert says in imported.output
    assert tables(imported.landing) == {}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    imported = run_import(KIND, tmp_path / "absent.csv", tmp_path, lang="fr")
    assert imported.exit_code == 1 and "n'existe pas" in imported.output


def test_shares_in_percent_are_recognised_by_their_sums(tmp_path: Path) -> None:
    rows = [row("A", pourcentageSubvention="60"), row("A", pourcentageSubvention="40", idBeneficiaire=OTHER)]
    imported = run_import(KIND, write(tmp_path / "p.csv", FIELDS, rows), tmp_path)
    assert sorted(line["amount_eur"] for line in imported.rows("financial_lines")) == ["1000.00", "400.00", "600.00"]
    printed = {(m["printed_figure"], m["printed_unit"]) for m in imported.rows("source_mentions") if m["basis"] == "share"}
    assert printed == {("1000.00 × 60", "%"), ("1000.00 × 40", "%")}


def test_an_amount_of_the_row_is_taken_when_said(tmp_path: Path) -> None:
    imported = run_import(KIND, write(tmp_path / "p.csv", FIELDS, PARTS), tmp_path, "--amount-basis", "row")
    assert sorted(line["amount_eur"] for line in imported.rows("financial_lines")) == ["400.00", "600.00"]
    assert imported.rows("operations") == []


def test_other_spellings_separators_and_encodings_give_the_same(tmp_path: Path) -> None:
    plain = run_import(KIND, write(tmp_path / "a.csv", FIELDS, [row(), row("D2")]), tmp_path / "a")
    printed = {"dateConvention": "Date de la convention", "montant": "MONTANT", "nomBeneficiaire": "Nom du bénéficiaire"}
    header = [printed.get(field, field) for field in FIELDS]
    for number, (delimiter, encoding) in enumerate([(";", "cp1252"), (";", "utf-8-sig"), ("\t", "utf-8"), (",", "utf-16")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        other = run_import(KIND, write(folder / "a.csv", header, [row(), row("D2")], delimiter, encoding), folder)
        assert other.rows("financial_lines") == plain.rows("financial_lines"), (delimiter, encoding, other.output)


def test_headers_tell_stage_and_nature(tmp_path: Path) -> None:
    header = ["Total des mandats émis" if field == "montant" else field for field in FIELDS]
    imported = run_import(KIND, write(tmp_path / "a.csv", header, [row()]), tmp_path)
    assert {line["stage"] for line in imported.rows("financial_lines")} == {"paid"}
    header = ["Montant des avantages en nature" if field == "montant" else field for field in FIELDS]
    imported = run_import(KIND, write(tmp_path / "b.csv", header, [row(nature="")]), tmp_path / "kind")
    assert {line["credit_nature"] for line in imported.rows("financial_lines")} == {"valorised"}


def test_attached_to_a_contract_and_a_funder(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", FIELDS, [row(idAttribuant="")])
    imported = run_import(KIND, path, tmp_path, "--contract", "cper_npdc_2015_2020", "--funder", "region_hdf")
    (line,) = imported.rows("financial_lines")
    assert (line["contract_code"], line["partner_code"]) == ("cper_npdc_2015_2020", "region_hdf")
    assert imported.rows("contracts") == []


def test_again_is_the_same_and_a_correction_replaces_its_own_rows_only(tmp_path: Path) -> None:
    other = write(tmp_path / "autre.csv", FIELDS, [row("B1", montant="77"), row("B2", montant="88")])
    run_import(KIND, other, tmp_path)
    path = write(tmp_path / "liste.csv", FIELDS, [row("A1"), row("A2")])
    before = run_import(KIND, path, tmp_path)
    first = tables(before.landing)
    again = run_import(KIND, path, tmp_path)
    assert "Nothing changed" in again.output
    assert tables(again.landing) == first
    corrected = run_import(KIND, write(path, FIELDS, [row("A1", montant="900")]), tmp_path)
    now = tables(corrected.landing)
    assert {name for name in first if first[name] != now.get(name)} == {
        name for name in first if name.endswith("liste.csv") and not name.startswith(("contracts", "partners"))
    }
    assert corrected.total() == Decimal("900") + 77 + 88


def test_the_same_subvention_under_another_name_is_refused(tmp_path: Path) -> None:
    run_import(KIND, write(tmp_path / "a.csv", FIELDS, [row("A1"), row("A2")]), tmp_path)
    imported = run_import(KIND, write(tmp_path / "b.csv", FIELDS, [row("A2"), row("A3")]), tmp_path)
    assert imported.exit_code == 1
    assert "1 rows are in a already" in imported.output
    assert imported.total() == 2000


def test_cells_are_data(tmp_path: Path) -> None:
    hostile = ["=cmd|'/c calc'!A1", "'; drop table contracts; --", "{{ var('x') }}", "../../etc/passwd", '"; quote\nline'] * 2
    rows = [row(text, objet=text, nomBeneficiaire=text, idBeneficiaire=fictitious_siret(900 + n)) for n, text in enumerate(hostile)]
    imported = run_import(KIND, write(tmp_path / "a.csv", FIELDS, rows), tmp_path)
    assert imported.report()["accepted"] == len(hostile), imported.output
    assert [line["label_fr"] for line in imported.rows("financial_lines")] == [text.strip() for text in hostile]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "landing", "rejects"]


def test_the_example_adds_up(tmp_path: Path) -> None:
    imported = run_import(KIND, EXAMPLES / "subventions_fictives.csv", tmp_path)
    decisions = {row["referenceDecision"]: Decimal(row["montant"]) for row in read(EXAMPLES / "subventions_fictives.csv")}
    assert imported.total(parent_line_code="") == sum(decisions.values()) == Decimal("375700.74")
    halle = {line["amount_eur"] for line in imported.rows("financial_lines") if line["label_fr"].startswith("Restauration")}
    assert halle == {"250000.50", "150000.30", "100000.20"}
    assert len(imported.rows("contracts")) == 2


def test_every_spelling_of_the_samples_is_known() -> None:
    path = SAMPLES / "scdl_header_spellings.csv"
    if not path.exists():
        pytest.skip("the sample files are not beside the project (../shared/samples)")
    dictionary = read_dictionary("scdl_headers", FIELDS)
    # spellings that the list gives wrongly (an object is no nature), gives twice, or that stand outside the schema
    judged = {"objet": ("objet",), "Raison sociale (SIRENE)": ("ignored",), "libelle cdpaie": ("datesPeriodeVersement",)}
    for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
        printed, _, official = line.rpartition(";")
        official = {"categoryUsage": "ignored", "datePeriodeVersement": "datesPeriodeVersement"}.get(official, official)
        found = dictionary.of(printed)
        assert found == judged.get(printed, found) and (official in found or printed in judged), (printed, official, found)


def test_the_valid_sample_adds_up(tmp_path: Path) -> None:
    path = SAMPLES / "scdl_subventions_exemple_valide.csv"
    if not path.exists():
        pytest.skip("the sample files are not beside the project (../shared/samples)")
    imported = run_import(KIND, path, tmp_path)
    assert imported.report()["accepted"] == 29
    assert imported.total(parent_line_code="") == sum(Decimal(row["montant"]) for row in read(path)) == Decimal("2821393.50")
    shares = [Decimal(row["montant"]) * Decimal(row["pourcentageSubvention"]) for row in read(path)]
    own = sum(Decimal(line["amount_eur"]) for line in imported.rows("financial_lines") if line["beneficiary_partner_code"])
    assert abs(own - sum(shares)) < Decimal("0.005") * len(shares)


def test_a_workbook_gives_the_same_as_csv(tmp_path: Path) -> None:
    rows = [row("A"), row("B", montant="600", pourcentageSubvention="0.5")]
    plain = run_import(KIND, write(tmp_path / "a.csv", FIELDS, rows), tmp_path / "csv")
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for name in ("Subventions", "Notes"):
            sheet = book.add_worksheet(name)
            for line, cells in enumerate([FIELDS, *rows] if name == "Subventions" else [("sans objet",)]):
                sheet.write_row(line, 0, cells)
    workbook = run_import(KIND, tmp_path / "a.xlsx", tmp_path / "xlsx")
    assert workbook.rows("financial_lines") == plain.rows("financial_lines"), workbook.output
    assert {mention["document_code"] for mention in workbook.rows("source_mentions")} == {"a__subventions"}
    assert [document["document_code"] for document in workbook.rows("source_documents")] == ["a__subventions"]


def test_a_known_funder_is_recognised_by_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", FIELDS, [row(nomAttribuant="REGION HAUTS DE FRANCE")])
    imported = run_import(KIND, path, tmp_path)
    assert {line["partner_code"] for line in imported.rows("financial_lines")} == {"region_hdf"}


def test_a_date_in_the_year_of_publication_is_plausible(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", FIELDS, [row()])
    assert run_import(KIND, path, tmp_path, published_on="2023").report()["accepted_with_doubt"] == 0
    assert run_import(KIND, path, tmp_path, published_on="2023-03").report()["accepted_with_doubt"] == 0
    assert run_import(KIND, path, tmp_path, published_on="2023-02").report()["accepted_with_doubt"] == 1
