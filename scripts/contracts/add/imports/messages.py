"""Every sentence that an import says, in French and English, by rule. Both texts take the same {placeholders}."""

import os

from contracts.add.imports.list_messages import LISTS

LANGUAGES = ("fr", "en")

# refusals: the file cannot be read, nothing is written
REFUSALS = {
    "file_not_found": ("{file} n'existe pas. Vérifiez le chemin.", "{file} does not exist. Check the path."),
    "not_a_file": ("{file} est un dossier, pas un fichier.", "{file} is a folder, not a file."),
    "file_unreadable": ("{file} ne peut pas être lu : {detail}.", "{file} cannot be read: {detail}."),
    "file_is_empty": ("{file} est vide.", "{file} is empty."),
    "file_too_big": (
        "{file} pèse {size} Mo, la limite est {limit} Mo. Découpez-le.",
        "{file} is {size} MB, the limit is {limit} MB. Split it.",
    ),
    "no_rows": ("{file} n'a que des en-têtes : aucune ligne à importer.", "{file} has headers only: no row to import."),
    "unknown_suffix": (
        "{file} : seuls les fichiers .csv, .tsv, .txt, .xlsx et .xlsm sont lus. Enregistrez-le en .xlsx ou en CSV.",
        "{file}: only .csv, .tsv, .txt, .xlsx and .xlsm files are read. Save it as .xlsx or CSV.",
    ),
    "not_what_suffix_says": (
        "{file} est en réalité {actual}. Renommez-le ou enregistrez-le au format attendu.",
        "{file} really is {actual}. Rename it or save it in the expected format.",
    ),
    "old_excel": (
        "{file} est un ancien classeur .xls. Ouvrez-le et enregistrez-le au format .xlsx.",
        "{file} is an old .xls workbook. Open it and save it as .xlsx.",
    ),
    "encrypted_workbook": (
        "{file} est protégé par un mot de passe. Enregistrez-le sans protection.",
        "{file} is protected by a password. Save it without protection.",
    ),
    "opendocument": (
        "{file} est un classeur OpenDocument (.ods). Enregistrez-le au format .xlsx.",
        "{file} is an .ods workbook. Save as .xlsx.",
    ),
    "binary_file": (
        "{file} contient des octets nuls : ce n'est pas du texte.",
        "{file} holds null bytes: it is not text.",
    ),
    "unknown_encoding": (
        "{file}, ligne {line} : ni UTF-8 ni Windows-1252. Enregistrez-le en « CSV UTF-8 ».",
        "{file}, line {line}: neither UTF-8 nor Windows-1252. Save it as “CSV UTF-8”.",
    ),
    "broken_workbook": (
        "{file} est un classeur abîmé ({detail}). Ouvrez-le dans Excel et enregistrez-le à nouveau.",
        "{file} is a damaged workbook ({detail}). Open it in Excel and save it again.",
    ),
    "zip_bomb": (
        "{file} se décompresse de façon anormale ({detail}) : refusé.",
        "{file} decompresses abnormally ({detail}): refused.",
    ),
    "unsafe_xml": ("{file} contient une déclaration DOCTYPE : refusé.", "{file} holds a DOCTYPE declaration: refused."),
    "too_many_columns": (
        "{file} a {count} colonnes, la limite est {limit}. Supprimez les colonnes vides.",
        "{file} has {count} columns, the limit is {limit}. Remove the empty columns.",
    ),
    "one_column_only": (
        "{file} : une seule colonne lue. Le séparateur doit être « ; », « , » ou une tabulation.",
        "{file}: only one column read. The separator must be “;”, “,” or a tab.",
    ),
    "sheet_not_found": (
        "{file} n'a pas de feuille « {sheet} ». Feuilles : {sheets}.",
        "{file} has no sheet “{sheet}”. Sheets: {sheets}.",
    ),
    "header_not_found": (
        "{file} : la ligne {line} n'existe pas ou est vide, aucun en-tête à y lire.",
        "{file}: line {line} does not exist or is empty, no header to read there.",
    ),
    "duplicate_header": (
        "{file}, ligne {line} : la colonne « {column} » apparaît {count} fois. Renommez-en une.",
        "{file}, line {line}: column “{column}” stands {count} times. Rename one.",
    ),
    "missing_column": (
        "{file} : la colonne « {column} » manque. Colonnes lues : {columns}.",
        "{file}: column “{column}” is missing. Columns read: {columns}.",
    ),
    "unsafe_name": (
        "« {name} » ne peut pas servir de nom : lettres, chiffres, tiret bas.",
        "“{name}” cannot serve as a name: letters, digits, underscore.",
    ),
    "option_missing": ("Il manque {option} : {why}", "{option} is missing: {why}"),
    "option_invalid": ("{option} « {value} » : {why}", "{option} “{value}”: {why}"),
    "import_is_running": (
        "Un autre import écrit dans {folder}. Attendez qu'il finisse.",
        "Another import writes to {folder}. Wait until it ends.",
    ),
    "cannot_write": ("Impossible d'écrire dans {folder} : {detail}.", "Cannot write to {folder}: {detail}."),
    "strict_rejects": (
        "{count} lignes rejetées et --strict : rien n'est importé. Voir {file}.",
        "{count} rows rejected and --strict: nothing is imported. See {file}.",
    ),
    "mapping_unreadable": ("{file} n'est pas un fichier YAML lisible : {detail}.", "{file} is no readable YAML file: {detail}."),
    "mapping_unknown_key": (
        "{file} : clé inconnue « {key} ». Vouliez-vous dire {close} ?",
        "{file}: unknown key “{key}”. Did you mean {close}?",
    ),
    "mapping_missing_key": ("{file} : la clé « {key} » est obligatoire.", "{file}: key “{key}” is required."),
    "mapping_wrong_value": (
        "{key} : « {value} » ne convient pas, attendu : {expected}.",
        "{key}: “{value}” does not fit, expected: {expected}.",
    ),
    "mapping_needed": (
        "Il faut une description du fichier : --mapping FICHIER.yml. --guess en écrit une ébauche.",
        "A description of the file is needed: --mapping FILE.yml. --guess drafts one.",
    ),
    "mapping_two_forms": (
        "Décrivez soit « funders » (une colonne par financeur), soit « columns.funder » et « columns.amount » (une ligne par financeur).",
        "Describe either “funders” (one column a funder) or “columns.funder” and “columns.amount” (one row a funder).",
    ),
    "unknown_contract": (
        "Le contrat {code} n'existe pas. Proches : {candidates}. Décrivez-le sous « contract » (code, label_fr, type...).",
        "Contract {code} does not exist. Close: {candidates}. Describe it under “contract” (code, label_fr, type...).",
    ),
    "parent_unusable": (
        "La ligne {code} ne peut pas recevoir cette ventilation : {why}.",
        "Line {code} cannot take this breakdown: {why}.",
    ),
    "parent_over_allocated": (
        "Sous {code} ({declared} €), il y a déjà {present} € ; avec {added} € de ce fichier le total serait dépassé. "
        "Choisissez une autre ligne parente, ou dites pourquoi avec « accept_over_allocation ».",
        "Under {code} ({declared} €) there are {present} € already; {added} € of this file go beyond it. "
        "Choose another parent line, or say why with “accept_over_allocation”.",
    ),
    "code_is_taken": (
        "Le code {code} existe déjà dans {table} ({where}). Choisissez un autre nom avec --name.",
        "Code {code} exists in {table} already ({where}). Choose another name with --name.",
    ),
    "nothing_accepted": (
        "Aucune des {count} lignes n'est acceptée : rien n'est importé. Voir {file}.",
        "None of the {count} rows is accepted: nothing is imported. See {file}.",
    ),
}

# rejected rows, and doubts about accepted ones
FINDINGS = {
    "too_many_cells": (
        "La ligne a {found} cellules pour {expected} colonnes : un séparateur de trop ?",
        "The row has {found} cells for {expected} columns: one separator too many?",
    ),
    "too_few_cells": (
        "La ligne a {found} cellules pour {expected} colonnes : un retour à la ligne dans une cellule ?",
        "The row has {found} cells for {expected} columns: a line break inside a cell?",
    ),
    "broken_quotes": ("Guillemets mal fermés : {detail}.", "Quotes not closed properly: {detail}."),
    "cell_too_long": (
        "La cellule a {found} caractères, la limite est {expected}.",
        "The cell has {found} characters, the limit is {expected}.",
    ),
    "unreadable_character": (
        "La cellule « {value} » contient un caractère illisible ou de contrôle.",
        "Cell “{value}” holds an unreadable or control character.",
    ),
    "missing_value": ("La cellule est vide, elle est obligatoire.", "The cell is empty, it is required."),
    "excel_error": (
        "La cellule contient l'erreur Excel « {value} ». Corrigez la formule.",
        "The cell holds the Excel error “{value}”. Mend the formula.",
    ),
    "formula_without_value": (
        "La formule n'a jamais été calculée. Ouvrez le fichier dans Excel et enregistrez-le.",
        "The formula was never computed. Open the file in Excel and save it.",
    ),
    "not_an_amount": ("« {value} » n'est pas un montant.", "“{value}” is not an amount."),
    "negative_amount": (
        "« {value} » est négatif. Un retrait se dit par le nouveau montant, pas par une différence.",
        "“{value}” is negative. A withdrawal is told by the new amount, not by a difference.",
    ),
    "ambiguous_amount": (
        "« {value} » se lit de deux façons (décimales ou milliers). Écrivez les décimales à deux chiffres, ou indiquez « thousands ».",
        "“{value}” reads in two ways (decimals or thousands). Write two decimals, or declare “thousands”.",
    ),
    "amount_too_large": (
        "« {value} » dépasse {limit} € : un identifiant, ou la mauvaise unité ?",
        "“{value}” is over {limit} €: an identifier, or the wrong unit?",
    ),
    "percent_not_amount": ("« {value} » est un pourcentage, pas un montant.", "“{value}” is a percentage, not an amount."),
    "unit_contradicts_column": (
        "« {value} » porte une autre unité que sa colonne ({unit}).",
        "“{value}” bears another unit than its column ({unit}).",
    ),
    "rounded_to_cents": (
        "« {value} » a plus de deux décimales en euros : arrondi.",
        "“{value}” has more than two decimals in euros: rounded.",
    ),
    "amount_not_stated": (
        "« {value} » : pas de montant, la ligne est gardée sans chiffre.",
        "“{value}”: no amount, the line is kept without a figure.",
    ),
    "not_a_date": (
        "« {value} » n'est pas une date (attendu : 31/12/2020 ou 2020-12-31).",
        "“{value}” is no date (like 31/12/2020, 2020-12-31).",
    ),
    "ambiguous_date": (
        "« {value} » : année sur deux chiffres. Écrivez-la sur quatre.",
        "“{value}”: year of two digits. Write four.",
    ),
    "date_out_of_range": ("« {value} » est hors de 1945-2100.", "“{value}” lies outside 1945-2100."),
    "excel_serial_date": (
        "« {value} » est lu comme un numéro de date d'Excel ({read}).",
        "“{value}” is read as an Excel date number ({read}).",
    ),
    "not_a_year": ("« {value} » n'est pas une année.", "“{value}” is not a year."),
    "not_a_percentage": ("« {value} » n'est pas un pourcentage entre 0 et 100.", "“{value}” is not a percentage between 0 and 100."),
    "siren_invalid": ("« {value} » n'est pas un SIREN (9 chiffres).", "“{value}” is not a SIREN (9 digits)."),
    "siret_invalid": ("« {value} » n'est pas un SIRET (14 chiffres).", "“{value}” is not a SIRET (14 digits)."),
    "luhn_fails": (
        "« {value} » : la clé de contrôle est fausse, un chiffre a changé.",
        "“{value}”: the check digit is wrong, a digit changed.",
    ),
    "excel_damaged_number": (
        "« {value} » : Excel a abîmé cet identifiant. Reprenez-le dans la source, colonne au format texte.",
        "“{value}”: Excel damaged this identifier. Take it from the source again, column as text.",
    ),
    "lost_leading_zero": (
        "« {value} » a perdu un zéro au début : lu comme {read}.",
        "“{value}” lost a leading zero: read as {read}.",
    ),
    "unknown_partner": (
        "« {value} » n'est pas un partenaire connu. Proches : {candidates}. Déclarez-le sous « partners », ou son type.",
        "“{value}” is no known partner. Close: {candidates}. Declare it under “partners”, or its type.",
    ),
    "ambiguous_partner": (
        "« {value} » peut être plusieurs partenaires : {candidates}. Précisez le code sous « partners ».",
        "“{value}” may be several partners: {candidates}. Give the code under “partners”.",
    ),
    "unknown_code": (
        "« {value} » n'est pas un code connu de {table}. Proches : {candidates}.",
        "“{value}” is no known code of {table}. Close: {candidates}.",
    ),
    "not_in_list": ("« {value} » n'est pas dans la liste : {allowed}.", "“{value}” is not in the list: {allowed}."),
    "unknown_total": (
        "« {value} » ressemble à un total, mais aucun volet lu plus haut ne porte ce nom. Corrigez-le ou décrivez « total_pattern ».",
        "“{value}” looks like a total, but no volet read above has that name. Mend it or describe “total_pattern”.",
    ),
    "total_is_wrong": (
        "Ce total imprime {declared} €, ses parts font {found} € (écart {gap} €). Les deux sont publiés.",
        "This total prints {declared} €, its parts add up to {found} € (gap {gap} €). Both are published.",
    ),
    "total_declared_twice": (
        "Ce total est déjà imprimé ligne {first} : {kept}.",
        "This total is printed at line {first} already: {kept}.",
    ),
    "row_total_differs": (
        "La ligne imprime un total de {declared} €, ses financeurs font {found} €.",
        "The row prints a total of {declared} €, its funders add up to {found} €.",
    ),
    "parts_beyond_cost": (
        "Les financeurs apportent {found} €, plus que le coût de {declared} €.",
        "The funders bring {found} €, more than the cost of {declared} €.",
    ),
    "cost_differs": (
        "Le coût de cette opération est déjà imprimé autrement : {first} €.",
        "The cost of this operation is printed otherwise already: {first} €.",
    ),
    "same_operation_again": ("Cette opération figure déjà ligne {first}.", "This operation stands at line {first} already."),
    "operation_without_money": ("Aucun montant : l'opération est gardée sans ligne.", "No amount: the operation is kept without a line."),
    "unknown_territory": (
        "« {value} » n'est pas un territoire connu : le lieu n'est pas repris.",
        "“{value}” is no known territory: the place is not taken over.",
    ),
    "end_before_start": ("La fin ({end}) précède le début ({start}).", "The end ({end}) is before the start ({start})."),
    "after_publication": (
        "{value} est après la publication du fichier ({published}).",
        "{value} is after the publication of the file ({published}).",
    ),
    "total_row_differs": (
        "Ce total imprime {declared} €, ses lignes font {found} €. Les lignes comptent, le total est publié comme contradiction.",
        "This total prints {declared} €, its rows add up to {found} €. The rows count, the total is published as a contradiction.",
    ),
    "duplicate_position": (
        "Même opération, financeur, stade et date que ligne {first} : une position cumulée ne s'imprime qu'une fois.",
        "Same operation, funder, stage and date as line {first}: a cumulative position is printed once.",
    ),
    "duplicate_row": ("La ligne répète la ligne {first}.", "The row repeats line {first}."),
}

# what a finished import says of itself
REPORT = {
    "read_as": ("{file} : {what}", "{file}: {what}"),
    "csv_read_as": ("CSV, {encoding}, séparateur {delimiter}", "CSV, {encoding}, separator {delimiter}"),
    "workbook_read_as": ("classeur, feuilles {sheets}", "workbook, sheets {sheets}"),
    "new_contract": ("Nouveau contrat : {code}", "New contract: {code}"),
    "new_partners": ("Nouveaux partenaires : {codes}", "New partners: {codes}"),
    "new_axes": ("Nouveaux volets : {labels}", "New volets: {labels}"),
    "totals_read": ("Lignes de total : {totals}", "Total rows: {totals}"),
    "hangs_under": ("{amount} € placés sous {code} ({declared} €)", "{amount} € placed under {code} ({declared} €)"),
    "mapping_drafted": ("Ébauche écrite : {file}. Relisez-la.", "Draft written: {file}. Read it over."),
    "template_written": ("Modèle écrit : {file}", "Template written: {file}"),
    "counts": (
        "{rows_in} lignes lues = {accepted} acceptées + {rejected} rejetées ; {doubtful} acceptées avec réserve",
        "{rows_in} rows read = {accepted} accepted + {rejected} rejected; {doubtful} accepted with a doubt",
    ),
    "written": ("{rows} lignes écrites dans {folder} ({tables})", "{rows} rows written to {folder} ({tables})"),
    "unchanged": (
        "Rien n'a changé depuis le dernier import de ce fichier.",
        "Nothing changed since this file was last imported.",
    ),
    "rejects_written": ("Rejets et réserves : {file}", "Rejects and doubts: {file}"),
    "next_step": ("Lancez dbt build pour les voir dans les marts.", "Run dbt build to see them in the marts."),
    "rejected_because": ("{count} × {rule}, d'abord ligne {line} : {message}", "{count} × {rule}, first at line {line}: {message}"),
    "title": ("Import de {file}", "Import of {file}"),
    "rejected": ("Lignes rejetées", "Rejected rows"),
    "doubtful": ("Lignes acceptées avec réserve", "Rows accepted with a doubt"),
    "totals": ("Totaux", "Totals"),
    "none": ("aucune", "none"),
}

MESSAGES = {**REFUSALS, **FINDINGS, **REPORT, **LISTS}


def language(chosen: str | None = None) -> str:
    """The language to speak: the chosen one, else that of LANG, else English."""
    if chosen:
        return chosen
    return "fr" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).lower().startswith("fr") else "en"


def say(rule: str, lang: str, /, **values: object) -> str:
    """The sentence of a rule in a language. KeyError: the rule or one of its placeholders is unknown, a fault of the code."""
    return MESSAGES[rule][LANGUAGES.index(lang)].format(**values)


class ImportRefusedError(Exception):
    """The import cannot be done; nothing was written. rule names the sentence, values fill it."""

    def __init__(self, rule: str, /, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values

    def message(self, lang: str) -> str:
        return say(self.rule, lang, **self.values)
