"""The tables of the page: which columns of a query are shown, under which headings, and which mart gives their numbers."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from contracts.common.project import STAGES
from contracts.use.report.data import Data
from contracts.use.report.texts import VOCABULARY


@dataclass(frozen=True)
class Column:
    """One shown column.

    kind: text (as the documents have it, French) · label (its English stands in the column named by english) · word (a code that
    texts.VOCABULARY translates) · euro · bounded (euros with their bounds) · each (whole euros per inhabitant) ·
    rate (percent with its bounds) · percent · integer · date ·
    year · place (document and line).
    """

    name: str
    kind: str
    fr: str
    en: str
    english: str = ""


@dataclass(frozen=True)
class Shown:
    """One table of the page.

    mart: table whose numbers it shows, with keys: the columns that find one of its rows. line: column that holds a line code; its numbers
    lead to the citations of that line. A column measure in the rows names the measure of the mart, else the column's own name does.
    Without mart the numbers stand alone.
    """

    name: str
    columns: tuple[Column, ...]
    mart: str = ""
    keys: tuple[str, ...] = ()
    line: str = ""


CONTRACT = Column("contract_label_fr", "text", "Contrat", "Contract")
AT_STAGES = tuple(Column(f"{stage}_eur", "euro", *VOCABULARY[stage]) for stage in STAGES)
UNALLOCATED = Column("unallocated_contracted_eur", "euro", "dont non ventilé", "of which unallocated")
LOANS = Column("contracted_loan_eur", "euro", "dont prêts, avances, garanties", "of which loans, advances, guarantees")
DRAFT = Column("contracted_from_draft_eur", "euro", "dont lu dans un projet de texte", "of which read in a draft")
PLACE = Column("document_title", "place", "Où le lire", "Where to read it")

TABLES = (
    Shown(
        "progress",
        (
            CONTRACT,
            Column("volet_label_fr", "text", "Volet", "Volet"),
            Column("territory_label_fr", "text", "Territoire", "Territory"),
            Column("closing_date", "date", "Arrêté au", "As of"),
            AT_STAGES[1],
            AT_STAGES[2],
            Column("programming_rate_percent", "rate", "Taux de programmation", "Programming rate"),
            AT_STAGES[3],
            Column("commitment_rate_percent", "rate", "Taux d’engagement", "Commitment rate"),
            AT_STAGES[4],
            Column("payment_rate_percent", "rate", "Taux de paiement", "Payment rate"),
            Column("theoretical_rate_percent", "percent", "Taux théorique", "Theoretical rate"),
            Column("rate_caveat", "word", "Réserve", "Caveat"),
        ),
        "marts.progress_by_volet_and_territory",
        ("contract_key", "volet_key", "territory_key", "closing_date"),
    ),
    Shown(
        "contracts",
        (
            CONTRACT,
            Column("contract_type_label_fr", "label", "Type", "Type", "contract_type_label_en"),
            Column("signed_on", "date", "Signé le", "Signed on"),
            Column("period_start_year", "year", "De", "From"),
            Column("period_end_year", "year", "à", "To"),
            AT_STAGES[0],
            Column("contracted_eur", "bounded", "Contractualisé", "Contracted"),
            *AT_STAGES[2:],
            DRAFT,
            UNALLOCATED,
            LOANS,
            Column("citation_count", "integer", "Chiffres imprimés", "Printed figures"),
            PLACE,
        ),
        "marts.funding_by_contract",
        ("contract_key",),
    ),
    Shown(
        "funders",
        (
            Column("funder_label_fr", "text", "Financeur", "Funder"),
            Column("funder_type_label_fr", "label", "Type", "Type", "funder_type_label_en"),
            *AT_STAGES,
            LOANS,
            DRAFT,
            UNALLOCATED,
        ),
        "marts.funding_by_partner",
        ("contract_key", "funder_key"),
    ),
    Shown(
        "themes",
        (Column("theme_label_fr", "label", "Thème", "Theme", "theme_label_en"), *AT_STAGES, UNALLOCATED),
        "marts.funding_by_theme",
        ("contract_key", "theme_key"),
    ),
    Shown(
        "volets",
        (CONTRACT, Column("volet_label_fr", "text", "Volet", "Volet"), *AT_STAGES, UNALLOCATED),
        "marts.funding_by_volet",
        ("contract_key", "volet_key"),
    ),
    Shown(
        "operations",
        (
            Column("label_fr", "text", "Opération", "Operation"),
            CONTRACT,
            Column("owner_label_fr", "text", "Maître d’ouvrage", "Owner"),
            Column("territory_label_fr", "text", "Territoire", "Territory"),
            Column("status", "word", "État", "Status"),
            Column("cost_eur", "euro", "Coût total", "Total cost"),
            *AT_STAGES,
            Column("not_declared_eur", "euro", "Financement non déclaré", "Payer not declared"),
            PLACE,
        ),
        "marts.financing_plans",
        ("operation_key",),
    ),
    Shown(
        "territories",
        (
            Column("territory_label_fr", "text", "Territoire", "Territory"),
            Column("territory_type_label_fr", "label", "Type", "Type", "territory_type_label_en"),
            Column("official_code", "text", "Code officiel", "Official code"),
            Column("population", "integer", "Habitants", "Inhabitants"),
            *AT_STAGES,
            Column("contracted_eur_per_inhabitant", "each", "Contractualisé par habitant", "Contracted per inhabitant"),
        ),
        "marts.funding_by_territory",
        ("contract_key", "territory_key"),
    ),
    Shown(
        "departements",
        (
            Column("departement_label_fr", "text", "Département", "Département"),
            Column("population", "integer", "Habitants", "Inhabitants"),
            *AT_STAGES,
            Column("contracted_eur_per_inhabitant", "each", "Contractualisé par habitant", "Contracted per inhabitant"),
            Column("committed_eur_per_inhabitant", "each", "Engagé par habitant", "Committed per inhabitant"),
        ),
        "marts.funding_by_departement_estimated",
        ("contract_key", "departement_key"),
    ),
    Shown(
        "periods",
        (
            CONTRACT,
            Column("period_label_fr", "text", "Période", "Period"),
            *AT_STAGES,
        ),
        "marts.funding_by_period",
        ("contract_key", "period_key"),
    ),
    Shown(
        "year_ends",
        (CONTRACT, Column("calendar_year", "year", "Fin de", "End of"), *AT_STAGES),
        "marts.funding_at_year_end",
        ("contract_key", "calendar_year"),
    ),
    Shown(
        "history",
        (
            Column("label_fr", "text", "Ligne", "Line"),
            CONTRACT,
            Column("stage_key", "word", "Stade", "Stage"),
            Column("recorded_on", "date", "Connu le", "Known on"),
            Column("previous_amount_eur", "euro", "Avant", "Before"),
            Column("amount_eur", "euro", "Après", "After"),
            Column("change_eur", "euro", "Écart", "Change"),
            PLACE,
        ),
        "quality.line_history",
        ("line_code", "recorded_on"),
        "line_code",
    ),
    Shown(
        "reconciliation",
        (
            Column("label_fr", "text", "Total déclaré", "Declared total"),
            CONTRACT,
            Column("line_use", "word", "Usage", "Use"),
            Column("stage_key", "word", "Stade", "Stage"),
            Column("declared_eur", "euro", "Déclaré", "Declared"),
            Column("broken_down_eur", "euro", "Ventilé", "Broken down"),
            Column("gap_eur", "euro", "Écart", "Gap"),
            Column("tolerance_eur", "euro", "Précision imprimée", "Printed precision"),
            Column("verdict", "word", "Résultat", "Verdict"),
            PLACE,
        ),
        "quality.envelope_reconciliation",
        ("envelope_key",),
        "envelope_key",
    ),
    Shown(
        "coverage",
        (
            Column("document_title", "text", "Document", "Document"),
            Column("publisher", "text", "Éditeur", "Publisher"),
            Column("published_on", "date", "Publié", "Published"),
            Column("document_status", "word", "Statut", "Status"),
            Column("figure_count", "integer", "Montants imprimés", "Printed money figures"),
            Column("read_twice_count", "integer", "Lus deux fois", "Read twice"),
        ),
    ),
    Shown(
        "gaps",
        (
            CONTRACT,
            Column("gap", "word", "Ce qui manque", "What is missing"),
            Column("amount_eur", "euro", "Montant en cause", "Amount at stake"),
            Column("who_fr", "text", "Qui pourrait le fournir", "Who could supply it"),
        ),
        "marts.funding_by_contract",
        ("contract_key",),
    ),
    Shown(
        "citations",
        (
            Column("document_title", "place", "Document et ligne", "Document and line"),
            Column("nearest_heading_fr", "text", "Sous le titre", "Under the heading"),
            Column("printed_figure", "text", "Chiffre imprimé", "Printed figure"),
            Column("printed_unit", "text", "Unité", "Unit"),
            Column("qualifier", "word", "Précision", "Qualifier"),
            Column("parsed_eur", "euro", "Lu comme", "Read as"),
            Column("low_eur", "euro", "au moins", "at least"),
            Column("high_eur", "euro", "au plus", "at most"),
            Column("role", "word", "Rôle", "Role"),
            Column("is_read_twice", "word", "Lu deux fois", "Read twice"),
        ),
    ),
)

# tables that the page reads without showing them as such
HIDDEN = ("totals", "cost_lines", "funding", "totals_and_parts", "discrepancies", "partners", "partnerships", "references", "stages")


def plain(value: object, column: str) -> object:
    """A value as JSON holds it: euros as whole cents, dates as ISO text, rates as numbers."""
    if isinstance(value, Decimal):
        return int(value.scaleb(2).to_integral_value()) if column.endswith(("_eur", "_eur_per_inhabitant")) else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def payload(data: Data) -> dict[str, dict]:
    """Every table as the page's script reads it: fields, rows, shown columns, and the SQL that gives it."""
    shown = {table.name: table for table in TABLES}
    tables = {}
    for name in (*shown, *HIDDEN):
        result = data[name]
        rows = [[plain(value, column) for column, value in zip(result.columns, row, strict=True)] for row in result.rows]
        tables[name] = {"fields": result.columns, "rows": rows, "sql": result.sql}
        if name in shown:
            table = shown[name]
            tables[name] |= {
                "columns": [asdict(column) for column in table.columns],
                "mart": table.mart,
                "keys": table.keys,
                "line": table.line,
            }
    return tables
