"""The Excel template of programming tables: written by the command line, and read back without a mapping."""

from datetime import datetime
from pathlib import Path

import xlsxwriter

from contracts.add.imports.known import Known
from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.reading import Source
from contracts.add.imports.values import read_date
from contracts.common.texts import plain_letters

SHEET_OF_FACTS = "Fiche"
OTHER_SHEETS = ("Lisez-moi", SHEET_OF_FACTS, "Listes")

# what the sheet Fiche asks: label, key of the mapping, example or default
FACTS = (
    ("Code du contrat", "contract.code", "exemple_vallee_2021_2027"),
    ("Libellé du contrat (s'il est nouveau)", "contract.label_fr", ""),
    ("Type de contrat (s'il est nouveau, voir Listes)", "contract.type", ""),
    ("Première année du contrat (s'il est nouveau)", "contract.period_start_year", ""),
    ("Dernière année du contrat (s'il est nouveau)", "contract.period_end_year", ""),
    ("Titre du document", "document.title", ""),
    ("Éditeur du document", "document.publisher", ""),
    ("Date de publication (jj/mm/aaaa)", "document.published_on", ""),
    ("Statut du document (signed, draft, report)", "document.status", "report"),
    ("Mesure (cumul ou flux)", "measure", "cumul"),
    ("Type des partenaires nouveaux (voir Listes)", "default_partner_type", ""),
)

# columns of the yearly sheets: header, key of the mapping, width, comment
COLUMNS = (
    ("Volet", "volet", 24, "Volet du contrat. Sur chaque ligne."),
    ("N°", "operation_code", 10, "Numéro de l'opération, s'il existe : il la suit d'une année à l'autre."),
    ("Opération", "operation", 40, "Nom de l'opération. Obligatoire."),
    ("Maître d'ouvrage", "owner", 28, "Qui porte l'opération."),
    ("Financeur", "funder", 28, "Qui apporte les crédits de la ligne. Obligatoire."),
    ("Fonds", "fund", 12, "Code ou libellé du fonds (FEDER, FNADT...). Facultatif."),
    ("Date du comité", "committee_date", 14, "Comité de programmation. Obligatoire si la mesure est un flux."),
    ("Arrêté au", "as_of_date", 14, "Date à laquelle les montants sont arrêtés. Obligatoire si la mesure est un cumul."),
    ("Programmé (€)", "programmed", 16, "Montant programmé, en euros."),
    ("Engagé (€)", "committed", 16, "AE consommées ou AP engagées, en euros."),
    ("Payé (€)", "paid", 16, "CP consommés ou mandaté, en euros."),
)

README = (
    "Modèle de tableau de programmation et d'exécution",
    "",
    "1. Remplissez la feuille Fiche : quel contrat, quel document, publié quand.",
    "2. Une feuille par année (copiez la feuille 2024) : une ligne par opération et par financeur.",
    "3. Cumul : le montant depuis le début du contrat, arrêté à une date ; la position suivante remplace la précédente.",
    "   Flux : le montant décidé par un comité ; les montants s'ajoutent.",
    "4. Montants en euros, au plus deux décimales. Cellule vide : pas de montant. « p.m. » : montant inconnu.",
    "5. Les lignes Total sont comparées aux lignes qu'elles totalisent, et ne comptent pas.",
    "6. contracts import programmation FICHIER.xlsx, puis dbt build.",
    "",
    "Ce qui ne peut pas être lu est rejeté ligne par ligne, avec la raison, dans rejects/.",
)


def write_template(path: Path, project: Path) -> Path:
    """Writes the template; the lists of its cells come from the seeds. ImportRefusedError: the file exists or cannot be written."""
    if path.exists():
        raise ImportRefusedError("cannot_write", folder=path, detail="existe déjà / exists already")
    known = Known(project, project / "landing", "")
    lists = {
        "Types de contrat": [row["contract_type_code"] for row in known.rows("contract_types")],
        "Types de partenaire": [row["partner_type_code"] for row in known.rows("partner_types")],
        "Fonds": [row["fund_code"] for row in known.rows("funds")],
        "Mesure": ["cumul", "flux"],
        "Statut": ["signed", "draft", "report", "web_page", "pledge"],
    }
    try:
        book = xlsxwriter.Workbook(str(path))
        _write(book, lists)
        book.close()
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise ImportRefusedError("cannot_write", folder=path, detail=str(error)) from None
    return path


def _write(book: xlsxwriter.Workbook, lists: dict[str, list[str | None]]) -> None:
    # a fixed date, so that the same template has the same bytes
    book.set_properties({"title": README[0], "created": datetime(2024, 1, 1)})
    bold, wrapped, euros, day = (
        book.add_format(style)
        for style in (
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
            {"text_wrap": True, "valign": "top"},
            {"num_format": "#,##0.00"},
            {"num_format": "dd/mm/yyyy"},
        )
    )
    readme = book.add_worksheet("Lisez-moi")
    readme.set_column(0, 0, 110, wrapped)
    for line, text in enumerate(README):
        readme.write_string(line, 0, text, bold if line == 0 else wrapped)
    facts = book.add_worksheet(SHEET_OF_FACTS)
    facts.set_column(0, 0, 50)
    facts.set_column(1, 1, 50)
    for line, (label, _, value) in enumerate(FACTS):
        facts.write_string(line, 0, label, bold)
        facts.write_string(line, 1, value)
    year = book.add_worksheet("2024")
    year.freeze_panes(1, 0)
    for position, (header, key, width, comment) in enumerate(COLUMNS):
        year.set_column(position, position, width, euros if header.endswith("(€)") else day if key.endswith("_date") else None)
        year.write_string(0, position, header, bold)
        year.write_comment(0, position, comment, {"author": "", "visible": False})
    other = book.add_worksheet("Listes")
    for position, (title, values) in enumerate(lists.items()):
        other.write_string(0, position, title, bold)
        other.write_column(1, position, values)
    for line, title in ((2, "Types de contrat"), (8, "Statut"), (9, "Mesure"), (10, "Types de partenaire")):
        position = list(lists).index(title)
        letter, last = chr(ord("A") + position), len(lists[title]) + 1
        facts.data_validation(line, 1, line, 1, {"validate": "list", "source": f"=Listes!${letter}$2:${letter}${last}"})
    for position, (header, key, _, _) in enumerate(COLUMNS):
        if header.endswith("(€)"):
            rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "Un montant en euros, positif."}
        elif key.endswith("_date"):
            rule = {"validate": "date", "criteria": ">=", "value": datetime(1945, 1, 1), "error_message": "Une date jj/mm/aaaa."}
        elif key == "fund":
            rule = {"validate": "list", "source": f"=Listes!$C$2:$C${len(lists['Fonds']) + 1}", "error_type": "warning"}
        else:
            continue
        year.data_validation(1, position, 5000, position, rule)


def facts_of(source: Source) -> dict[str, object]:
    """The mapping that a filled-in template stands for: what its sheet Fiche says, and the columns of the template."""
    keys = {plain_letters(label): key for label, key, _ in FACTS}
    given: dict[str, str] = {}
    for row in source.rows(SHEET_OF_FACTS):
        if row.cells and (key := keys.get(plain_letters(row.cells[0]))) and len(row.cells) > 1 and row.cells[1].strip():
            given[key] = row.cells[1].strip()
    described: dict[str, object] = {
        "columns": {key: header for header, key, _, _ in COLUMNS if not header.endswith("(€)")},
        "stages": {header: key for header, key, _, _ in COLUMNS if header.endswith("(€)")},
        "measure": {"cumul": "cumulative", "flux": "flow"}.get(plain_letters(given.get("measure", "")), given.get("measure", "")),
        "document": {key.partition(".")[2]: value for key, value in given.items() if key.startswith("document.")},
    }
    if "default_partner_type" in given:
        described["default_partner_type"] = given["default_partner_type"]
    contract: dict[str, object] = {key.partition(".")[2]: value for key, value in given.items() if key.startswith("contract.")}
    for key in ("period_start_year", "period_end_year"):
        if str(contract.get(key, "")).isdigit():
            contract[key] = int(str(contract[key]))
    described["contract"] = contract if len(contract) > 1 else contract.get("code")
    published = described["document"].get("published_on")  # type: ignore[attr-defined]
    if published:
        described["document"]["published_on"] = read_date(published)[0] or published  # type: ignore[index]
    return described
