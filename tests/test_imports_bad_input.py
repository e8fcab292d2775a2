"""What an importer says of bad files and cells: the rule, the message in both languages, every row accounted for, never a traceback."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from contracts.cli import app

DETAILS = "document: {title: Test, publisher: Test, published_on: 2024-02-15, status: report}\n"
CONTRACT = (
    "contract: {code: test_fictif, label_fr: Contrat fictif, type: framework_agreement, period_start_year: 2021, period_end_year: 2027}\n"
)
MAQUETTE = (
    CONTRACT
    + DETAILS
    + "columns: {volet: Volet, operation: Opération, operation_code: N°, owner: MOA, cost: Coût, total: Total, "
    + "start_year: Début, end_year: Fin}\n"
    + "funders: {État: etat, Région: region_hdf}\n"
)
LONG = CONTRACT + DETAILS + "columns: {operation: Opération, funder: Financeur, fund: Fonds, amount: Montant}\n"
CUMULATIVE = (
    CONTRACT
    + DETAILS
    + "measure: cumulative\ncolumns: {operation: Opération, funder: Financeur, as_of_date: Arrêté au, committee_date: Comité}\n"
    + "stages: {Programmé: programmed, Payé: paid}\n"
)
FLOW = (
    CONTRACT
    + DETAILS
    + "measure: flow\ncolumns: {operation: Opération, funder: Financeur, committee_date: Comité, stage: Étape, amount: Montant}\n"
)
WIDE_HEADER = "Volet;N°;Opération;MOA;Coût;État;Région;Total;Début;Fin"
GOOD = "Mobilités;1;Pont;;100;40;50;90;2021;2024"
LONG_HEADER = "Opération;Financeur;Fonds;Montant"
CUMULATIVE_HEADER = "Opération;Financeur;Arrêté au;Comité;Programmé;Payé"
FLOW_HEADER = "Opération;Financeur;Comité;Étape;Montant"

FORMS = {
    "maquette": ("maquette", MAQUETTE, WIDE_HEADER),
    "long": ("maquette", LONG, LONG_HEADER),
    "cumulative": ("programmation", CUMULATIVE, CUMULATIVE_HEADER),
    "flow": ("programmation", FLOW, FLOW_HEADER),
}


def run(folder: Path, kind: str, file: Path, mapping: str | None, *options: str) -> Result:
    """Runs an import with everything in a folder."""
    arguments = ["import", kind, str(file), "--into", str(folder / "landing"), "--rejects", str(folder / "rejects"), *options]
    if mapping is not None:
        path = folder / "mapping.yml"
        path.write_text(mapping, encoding="utf-8")
        arguments += ["--mapping", str(path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def landed(folder: Path) -> list[Path]:
    return [path for path in (folder / "landing").rglob("*") if path.is_file() and not path.name.startswith(".")]


def report_of(folder: Path) -> dict:
    (path,) = (folder / "rejects").glob("*.report.json")
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["rows_in"] == report["accepted"] + report["rejected"]
    return report


def findings_of(folder: Path) -> list[dict[str, str]]:
    with next((folder / "rejects").glob("*[!t].csv")).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# one bad row after a good one: form, row, rule that rejects it, words of the message
REJECTED = {
    "text for an amount": ("maquette", "Mobilités;2;Route;;100;abc;50;;;", "not_an_amount", "« abc » n'est pas un montant"),
    "negative amount": ("maquette", "Mobilités;2;Route;;100;-5;50;;;", "negative_amount", "« -5 » est négatif"),
    "amount in parentheses": ("maquette", "Mobilités;2;Route;;100;(5);50;;;", "negative_amount", "négatif"),
    "percentage": ("maquette", "Mobilités;2;Route;;100;30 %;50;;;", "percent_not_amount", "pourcentage"),
    "three decimals or thousands": ("maquette", "Mobilités;2;Route;;100;12,345;50;;;", "ambiguous_amount", "se lit de deux façons"),
    "point before three digits": ("maquette", "Mobilités;2;Route;;100;12.345;50;;;", "ambiguous_amount", "thousands"),
    "English groups with decimals": ("maquette", "Mobilités;2;Route;;100;1,234,567.89;50;;;", "not_an_amount", "n'est pas un montant"),
    "SIRET for an amount": ("maquette", "Mobilités;2;Route;;100;21590350100017;50;;;", "amount_too_large", "un identifiant"),
    "two numbers in a cell": ("maquette", "Mobilités;2;Route;;100;12 et 13;50;;;", "not_an_amount", "« 12 et 13 »"),
    "wrong groups": ("maquette", "Mobilités;2;Route;;100;12 34;50;;;", "not_an_amount", "« 12 34 »"),
    "exponent": ("maquette", "Mobilités;2;Route;;100;1,2E+05;50;;;", "not_an_amount", "« 1,2E+05 »"),
    "Excel error": ("maquette", "Mobilités;2;Route;;100;#REF!;50;;;", "excel_error", "#REF!"),
    "French Excel error": ("maquette", "Mobilités;2;Route;;100;#VALEUR!;50;;;", "excel_error", "Corrigez la formule"),
    "bad cost": ("maquette", "Mobilités;2;Route;;cher;40;50;;;", "not_an_amount", "« cher »"),
    "bad row total": ("maquette", "Mobilités;2;Route;;100;40;50;?!;;", "not_an_amount", "« ?! »"),
    "dollars": ("maquette", "Mobilités;2;Route;;100;40 $;50;;;", "not_an_amount", "« 40 $ »"),
    "no operation": ("maquette", "Mobilités;2;;;100;40;50;;;", "missing_value", "obligatoire"),
    "unknown owner": ("maquette", "Mobilités;2;Route;Zzyzx;100;40;50;;;", "unknown_partner", "« Zzyzx » n'est pas un partenaire connu"),
    "owner nearly known": ("maquette", "Mobilités;2;Route;Agence nationale de l'abitat;1;1;;;;", "unknown_partner", "anah"),
    "year in words": ("maquette", "Mobilités;2;Route;;100;40;50;;vingt;", "not_a_year", "« vingt »"),
    "year of two digits": ("maquette", "Mobilités;2;Route;;100;40;50;;21;", "not_a_year", "« 21 »"),
    "year far away": ("maquette", "Mobilités;2;Route;;100;40;50;;2300;", "date_out_of_range", "1945-2100"),
    "end before start": ("maquette", "Mobilités;2;Route;;100;40;50;;2024;2021", "end_before_start", "2021"),
    "total of an unknown volet": ("maquette", "Total Santé;;;;;40;50;90;;", "unknown_total", "« Total Santé »"),
    "too few cells": ("maquette", "Mobilités;2;Route", "too_few_cells", "3 cellules pour 10"),
    "too many cells": ("maquette", GOOD + ";de trop", "too_many_cells", "11 cellules pour 10"),
    "broken quotes": ("maquette", '"Mobi"lités;2;Route;;100;40;50;;;', "broken_quotes", "Guillemets"),
    "unclosed quote": ("maquette", '"Mobilités;2;Route;;100;40;50;;;', "broken_quotes", "Guillemets"),
    "huge cell": ("maquette", f"Mobilités;2;{'x' * 40_000};;100;40;50;;;", "cell_too_long", "40000 caractères"),
    "control character": ("maquette", "Mobilités;2;Rou\x07te;;100;40;50;;;", "unreadable_character", "caractère illisible"),
    "replacement character": ("maquette", "Mobilités;2;Rout\ufffd;;100;40;50;;;", "unreadable_character", "illisible"),
    "no funder": ("long", "Route;;;40", "missing_value", "obligatoire"),
    "unknown funder": ("long", "Route;Mécène inconnu;;40", "unknown_partner", "Mécène inconnu"),
    "unknown fund": ("long", "Route;etat;FNXYZ;40", "unknown_code", "« FNXYZ »"),
    "amount of a funder in words": ("long", "Route;etat;;quarante", "not_an_amount", "« quarante »"),
    "no closing date": ("cumulative", "Route;etat;;;40;10", "missing_value", "obligatoire"),
    "closing date in words": ("cumulative", "Route;etat;fin 2023;;40;10", "not_a_date", "« fin 2023 »"),
    "closing date of a day that is none": ("cumulative", "Route;etat;31/02/2023;;40;10", "not_a_date", "« 31/02/2023 »"),
    "closing date with a year of two digits": ("cumulative", "Route;etat;31/12/23;;40;10", "ambiguous_date", "deux chiffres"),
    "closing date after publication": ("cumulative", "Route;etat;31/12/2024;;40;10", "after_publication", "2024-02-15"),
    "closing date far away": ("cumulative", "Route;etat;31/12/1823;;40;10", "date_out_of_range", "1945-2100"),
    "committee after publication": ("cumulative", "Route;etat;31/12/2023;01/03/2024;40;10", "after_publication", "2024-02-15"),
    "the same position twice": ("cumulative", "Pont;etat;31/12/2022;;41;10", "duplicate_position", "ligne 2"),
    "negative payment": ("cumulative", "Route;etat;31/12/2023;;40;-10", "negative_amount", "« -10 »"),
    "no committee": ("flow", "Route;etat;;programmé;40", "missing_value", "obligatoire"),
    "unknown stage": ("flow", "Route;etat;12/05/2022;voté;40", "not_in_list", "« voté »"),
    "no stage": ("flow", "Route;etat;12/05/2022;;40", "not_in_list", "liste"),
    "deprogramming": ("flow", "Route;etat;12/05/2022;programmé;-40", "negative_amount", "nouveau montant"),
    "committee in words": ("flow", "Route;etat;printemps;programmé;40", "not_a_date", "« printemps »"),
    "funder that two partners could be": ("flow", "Route;;12/05/2022;programmé;40", "missing_value", "obligatoire"),
}
GOOD_ROWS = {
    "maquette": GOOD,
    "long": "Pont;etat;feder;40",
    "cumulative": "Pont;etat;31/12/2022;12/05/2022;40;10",
    "flow": "Pont;etat;12/05/2022;programmé;40",
}


@pytest.mark.parametrize("case", REJECTED)
def test_a_bad_row_is_rejected_with_its_reason(tmp_path: Path, case: str) -> None:
    form, row, rule, words = REJECTED[case]
    kind, mapping, header = FORMS[form]
    file = tmp_path / "fichier.csv"
    file.write_text(f"{header}\n{GOOD_ROWS[form]}\n{row}\n", encoding="utf-8")
    result = run(tmp_path, kind, file, mapping, "--lang", "fr")
    assert result.exit_code == 0, result.output
    report = report_of(tmp_path)
    assert (report["rows_in"], report["accepted"], report["rejected"]) == (2, 1, 1)
    rejected = [finding for finding in findings_of(tmp_path) if finding["decision"] == "rejected"]
    assert {finding["line"] for finding in rejected} == {"3"}
    (found,) = [finding for finding in rejected if finding["rule"] == rule][:1]
    assert words in found["message_fr"]
    assert found["message_en"] and found["message_en"] != found["message_fr"]
    original = json.loads(found["original_row"])
    assert "".join(original.values()).replace("…", "") in row.replace(";", "") or rule == "broken_quotes"


# rows that are taken, with a doubt
DOUBTED = {
    "for memory": ("maquette", "Mobilités;2;Route;;100;p.m.;50;;;", "amount_not_stated", "sans chiffre"),
    "more than cents": ("maquette", "Mobilités;2;Route;;100;40,1234;9;;;", "rounded_to_cents", "plus de deux décimales"),
    "row total differs": ("maquette", "Mobilités;2;Route;;100;40;50;95;;", "row_total_differs", "ses financeurs font 90 €"),
    "more than the cost": ("maquette", "Mobilités;2;Route;;80;40;50;90;;", "parts_beyond_cost", "plus que le coût"),
    "no money at all": ("maquette", "Mobilités;2;Route;;;;;;;", "operation_without_money", "Aucun montant"),
    "operation again": ("maquette", GOOD, "same_operation_again", "ligne 2"),
    "cost printed otherwise": ("maquette", "Mobilités;1;Pont;;120;40;50;;;", "cost_differs", "100 €"),
    "wrong total": ("maquette", "Total;;;;;40;60;;;", "total_is_wrong", "imprime 60 €, ses parts font 50 €"),
    "date number of Excel": ("cumulative", "Route;etat;45291;;40;10", "excel_serial_date", "2023-12-31"),
    "wrong total of a column": ("cumulative", "Total;;;;60;10", "total_row_differs", "ses lignes font 40 €"),
    "same funder again": ("long", "Pont;etat;feder;10", "same_operation_again", "ligne 2"),
}


@pytest.mark.parametrize("case", DOUBTED)
def test_a_doubtful_row_is_taken_and_said(tmp_path: Path, case: str) -> None:
    form, row, rule, words = DOUBTED[case]
    kind, mapping, header = FORMS[form]
    file = tmp_path / "fichier.csv"
    file.write_text(f"{header}\n{GOOD_ROWS[form]}\n{row}\n", encoding="utf-8")
    result = run(tmp_path, kind, file, mapping, "--lang", "en")
    assert result.exit_code == 0, result.output
    report = report_of(tmp_path)
    assert (report["accepted"], report["rejected"]) == (2, 0)
    assert rule in report["doubtful_by_rule"]
    found = next(finding for finding in findings_of(tmp_path) if finding["rule"] == rule)
    assert found["decision"] == "accepted_with_doubt"
    assert words in found["message_fr"]


def workbook(folder: Path, edit: Callable[[openpyxl.Workbook], None]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (WIDE_HEADER, GOOD):
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row.split(";")])
    edit(book)
    path = folder / "classeur.xlsx"
    book.save(path)
    return path


def raw(name: str, content: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return write


def bomb(folder: Path) -> Path:
    path = folder / "bombe.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\x20" * (40 << 20))
    return path


def entities(folder: Path) -> Path:
    path = folder / "entites.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><workbook/>')
    return path


def archive_of(name: str, member: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "<x/>")
        return path

    return write


def truncated(folder: Path) -> Path:
    path = workbook(folder, lambda book: None)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def encrypted(folder: Path) -> Path:
    path = folder / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"))
    return path


CSV = f"{WIDE_HEADER}\n{GOOD}\n".encode()

# files that cannot be used at all: how to make one, mapping, options, words of the message in French and in English
REFUSED = {
    "missing file": (lambda folder: folder / "absent.csv", MAQUETTE, (), "n'existe pas", "does not exist"),
    "folder": (lambda folder: folder, MAQUETTE, (), "est un dossier", "is a folder"),
    "empty file": (raw("vide.csv", b""), MAQUETTE, (), "est vide", "is empty"),
    "spaces only": (raw("vide.csv", b"\xef\xbb\xbf \r\n\r\n"), MAQUETTE, (), "est vide", "is empty"),
    "header only": (raw("entete.csv", f"{WIDE_HEADER}\n".encode()), MAQUETTE, (), "que des en-têtes", "headers only"),
    "one column": (raw("une.csv", b"Bonjour\nMonde\n"), MAQUETTE, (), "une seule colonne", "only one column"),
    "null bytes": (raw("binaire.csv", CSV + b"a\x00b;1"), MAQUETTE, (), "octets nuls", "null bytes"),
    "unknown encoding": (raw("codage.csv", CSV + b"\x81\xe9;"), MAQUETTE, (), "ni UTF-8 ni Windows-1252", "neither UTF-8"),
    "PDF named CSV": (raw("faux.csv", b"%PDF-1.7 ..."), MAQUETTE, (), "en réalité PDF", "really is PDF"),
    "HTML named xlsx": (raw("faux.xlsx", b"<html><table></table>"), MAQUETTE, (), "en réalité HTML", "really is HTML"),
    "HTML named xls": (raw("faux.xls", b"<html><table></table>"), MAQUETTE, (), "en réalité HTML", "really is HTML"),
    "CSV named xlsx": (raw("faux.xlsx", CSV), MAQUETTE, (), "en réalité CSV", "really is CSV"),
    "XLSX named CSV": (archive_of("faux.csv", "xl/workbook.xml"), MAQUETTE, (), "en réalité ZIP", "really is ZIP"),
    "ZIP named xlsx": (archive_of("faux.xlsx", "lisez-moi.txt"), MAQUETTE, (), "en réalité ZIP", "really is ZIP"),
    "ODS named xlsx": (archive_of("faux.xlsx", "content.xml"), MAQUETTE, (), "OpenDocument", ".ods"),
    "ODS": (archive_of("vrai.ods", "content.xml"), MAQUETTE, (), "OpenDocument", ".ods"),
    "Word": (raw("note.docx", b"PK\x03\x04..."), MAQUETTE, (), "seuls les fichiers", "only .csv"),
    "old workbook": (raw("vieux.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600), MAQUETTE, (), "ancien classeur", "old .xls"),
    "encrypted workbook": (encrypted, MAQUETTE, (), "mot de passe", "password"),
    "zip bomb": (bomb, MAQUETTE, (), "anormale", "abnormally"),
    "entities": (entities, MAQUETTE, (), "DOCTYPE", "DOCTYPE"),
    "truncated workbook": (truncated, MAQUETTE, (), "abîmé", "damaged"),
    "not a workbook inside": (archive_of("creux.xlsx", "xl/workbook.xml"), MAQUETTE, (), "abîmé", "damaged"),
    "unknown sheet": (lambda folder: workbook(folder, lambda book: None), MAQUETTE + "sheet: Bilan\n", (), "« Bilan »", "no sheet"),
    "header line beyond the end": (raw("a.csv", CSV), MAQUETTE + "header_lines: [90]\n", (), "ligne 90", "line 90"),
    "two columns of one name": (raw("a.csv", b"A;A;B\n1;2;3\n"), MAQUETTE, (), "apparaît 2 fois", "stands 2 times"),
    "too many columns": (raw("a.csv", b";".join(b"c%d" % n for n in range(600)) + b"\n"), MAQUETTE, (), "600 colonnes", "600 columns"),
    "missing column": (raw("a.csv", b"Volet;N\n1;2\n"), MAQUETTE, (), "« Opération » manque", "is missing"),
    "nothing accepted": (raw("a.csv", f"{WIDE_HEADER}\nM;1;;;1;1;1;1;;\n".encode()), MAQUETTE, (), "Aucune des 1 lignes", "None of the 1"),
    "rejects and strict": (raw("a.csv", CSV + b"M;1;;;1;1;1;1;;\n"), MAQUETTE, ("--strict",), "--strict", "nothing is imported"),
    "no mapping": (raw("a.csv", CSV), None, (), "--mapping", "--mapping"),
    "mapping is no YAML": (raw("a.csv", CSV), "columns: [", (), "YAML lisible", "readable YAML"),
    "mapping is a list": (raw("a.csv", CSV), "- a\n- b\n", (), "YAML lisible", "readable YAML"),
    "unknown key": (raw("a.csv", CSV), MAQUETTE + "colums: {}\n", (), "columns ?", "Did you mean columns"),
    "unknown key inside": (raw("a.csv", CSV), MAQUETTE.replace("cost:", "costs:"), (), "cost ?", "Did you mean cost"),
    "key missing": (raw("a.csv", CSV), CONTRACT + DETAILS, (), "« columns » est obligatoire", "“columns” is required"),
    "unknown unit": (raw("a.csv", CSV), MAQUETTE + "unit: kE\n", (), "attendu : €", "expected: €"),
    "unknown stage in the mapping": (raw("a.csv", CSV), MAQUETTE + "stage: vote\n", (), "announced", "announced"),
    "wrong pattern": (raw("a.csv", CSV), MAQUETTE + "total_pattern: '('\n", (), "regular expression", "regular expression"),
    "two forms": (raw("a.csv", CSV), MAQUETTE.replace("total:", "amount:"), (), "soit « funders »", "either “funders”"),
    "no form": (raw("a.csv", CSV), MAQUETTE.replace("funders: {État: etat, Région: region_hdf}\n", ""), (), "soit", "either"),
    "unknown funder in the mapping": (raw("a.csv", CSV), MAQUETTE.replace("etat,", "zzz,"), (), "funders: État", "funders: État"),
    "unknown fund in the mapping": (
        raw("a.csv", CSV),
        MAQUETTE.replace("etat,", "{partner: etat, fund: zzz},"),
        (),
        "fund",
        "does not fit",
    ),
    "partner declared with an unknown code": (raw("a.csv", CSV), MAQUETTE + "partners: {X: zzz}\n", (), "partners", "partners"),
    "unknown partner type": (raw("a.csv", CSV), MAQUETTE + "default_partner_type: village\n", (), "commune", "commune"),
    "unknown contract": (
        raw("a.csv", CSV),
        MAQUETTE.replace(CONTRACT, "contract: cper_nord\n"),
        (),
        "Le contrat cper_nord n'existe pas",
        "Contract cper_nord does not exist",
    ),
    "contract that is a path": (raw("a.csv", CSV), MAQUETTE, ("--contract", "../../etc"), "ne peut pas servir", "cannot serve"),
    "contract with SQL": (raw("a.csv", CSV), MAQUETTE, ("--contract", "x'; drop table"), "ne peut pas servir", "cannot serve"),
    "name that is a path": (raw("a.csv", CSV), MAQUETTE, ("--name", "../../evil"), "ne peut pas servir", "cannot serve"),
    "unknown contract type": (raw("a.csv", CSV), MAQUETTE.replace("framework_agreement", "traite"), (), "contract: type", "contract: type"),
    "contract ends before it starts": (
        raw("a.csv", CSV),
        MAQUETTE.replace("period_end_year: 2027", "period_end_year: 2019"),
        (),
        "period_end_year",
        "period_end_year",
    ),
    "no publisher": (raw("a.csv", CSV), MAQUETTE.replace("publisher: Test, ", ""), (), "--publisher", "--publisher"),
    "no date of publication": (
        raw("a.csv", CSV),
        MAQUETTE.replace("published_on: 2024-02-15, ", ""),
        (),
        "--published-on",
        "--published-on",
    ),
    "no status": (raw("a.csv", CSV), MAQUETTE.replace(", status: report", ""), (), "--status", "--status"),
    "unknown status": (raw("a.csv", CSV), MAQUETTE, ("--status", "final"), "« final »", "“final”"),
    "published in the future": (raw("a.csv", CSV), MAQUETTE, ("--published-on", "2099-01-01"), "futur", "future"),
    "published on no day": (raw("a.csv", CSV), MAQUETTE, ("--published-on", "31/02/2024"), "31/02/2024", "31/02/2024"),
    "unknown parent line": (raw("a.csv", CSV), MAQUETTE + "parent_line_code: zzz\n", (), "La ligne zzz", "Line zzz"),
    "parent line of another contract": (
        raw("a.csv", CSV),
        MAQUETTE + "parent_line_code: cper_npdc_total\n",
        (),
        "contract_code cper_npdc_2015_2020",
        "cannot take this breakdown",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, case: str) -> None:
    make, mapping, options, french, english = REFUSED[case]
    # every other case in the other language; all sentences are compared below
    language = ("fr", "en")[list(REFUSED).index(case) % 2]
    result = run(tmp_path, "maquette", make(tmp_path), mapping, "--lang", language, *options)
    assert result.exit_code == 1
    assert (french if language == "fr" else english) in result.output
    assert landed(tmp_path) == []
    for _ in (tmp_path / "rejects").glob("*.report.json"):
        report_of(tmp_path)


PROGRAMMATION_REFUSED = {
    "no measure": (CUMULATIVE.replace("measure: cumulative\n", ""), "« measure » est obligatoire"),
    "unknown measure": (CUMULATIVE.replace("cumulative", "yearly"), "cumulative, flow"),
    "no closing date anywhere": (CUMULATIVE.replace("as_of_date: Arrêté au, ", ""), "as_of_date"),
    "closing date after publication": (CUMULATIVE + "as_of_date: 2025-12-31\n", "<= 2024-02-15"),
    "flow without committee": (
        FLOW.replace("committee_date: Comité, ", "").replace("Étape", "Comité").replace("Montant", "Payé"),
        "committee_date",
    ),
    "stages and amount": (CUMULATIVE.replace("funder: Financeur", "funder: Financeur, amount: Payé, stage: Comité"), "stages"),
    "unknown stage": (CUMULATIVE.replace("paid", "spent"), "announced, contracted"),
    "no funder": (CUMULATIVE.replace("funder: Financeur, ", ""), "funder"),
    "unknown sheet": (CUMULATIVE + "sheets: ['2023']\n", "« 2023 »"),
    "sheet with an unknown key": (CUMULATIVE + "sheets: {'': {date: 2023}}\n", "as_of_date"),
}


@pytest.mark.parametrize("case", PROGRAMMATION_REFUSED)
def test_a_wrong_description_of_a_programming_table_is_refused(tmp_path: Path, case: str) -> None:
    mapping, words = PROGRAMMATION_REFUSED[case]
    file = tmp_path / "fichier.csv"
    file.write_text(f"{CUMULATIVE_HEADER}\n{GOOD_ROWS['cumulative']}\n", encoding="utf-8")
    result = run(tmp_path, "programmation", file, mapping, "--lang", "fr")
    assert result.exit_code == 1
    assert words in result.output
    assert landed(tmp_path) == []


def test_a_formula_that_was_never_computed_is_told_apart_from_an_empty_cell(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.active.append(["Mobilités", 2, "Route", None, 100, "=A1+1", 50])

    result = run(tmp_path, "maquette", workbook(tmp_path, edit), MAQUETTE, "--lang", "fr")
    assert result.exit_code == 0
    assert report_of(tmp_path)["rejected_by_rule"] == {"formula_without_value": 1}


def test_cells_stay_data_in_the_files_that_are_written(tmp_path: Path) -> None:
    file = tmp_path / "formules.csv"
    rows = [
        "=cmd|'/C calc'!A0;1;@SUM(A1);;100;40;50;90;;",
        "') drop table x --;2;../../etc/passwd;;100;40;50;90;;",
        "+33;3;-2+3;;abc;1;1;;;",
    ]
    file.write_text("\n".join([WIDE_HEADER, *rows]) + "\n", encoding="utf-8")
    assert run(tmp_path, "maquette", file, MAQUETTE).exit_code == 0
    assert {path.name for path in landed(tmp_path)} == {"test_fictif__formules.csv"}
    with (tmp_path / "landing/operations/test_fictif__formules.csv").open(encoding="utf-8", newline="") as text:
        assert [row["label_fr"] for row in csv.DictReader(text)] == ["@SUM(A1)", "../../etc/passwd"]
    for cells in csv.reader(io.StringIO((tmp_path / "rejects/test_fictif__formules.csv").read_text(encoding="utf-8"))):
        assert not any(cell.startswith(("=", "+", "@", "-")) for cell in cells)


def test_every_sentence_is_there_in_both_languages() -> None:
    import string

    from contracts.add.imports.messages import MESSAGES

    for rule, (french, english) in MESSAGES.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (french, english)]
        assert fields[0] == fields[1], rule
