"""Every word of the report, in French and in English, and the number formats of both languages."""

import re

LANGUAGES = ("fr", "en")

# key → (French, English); {…} is filled by the page
TEXTS = {
    "title": ("Qui finance quoi : les contrats territoriaux", "Who funds what: the territorial contracts"),
    "lead": (
        "État, régions, départements, intercommunalités et Europe financent les territoires par des contrats. Cette page dit combien, par qui, "
        "pour quoi, où, quand, où on en est, et avec quelle certitude. Chaque montant mène au document et à la ligne qui l’impriment.",
        "The State, régions, départements, intercommunalities and Europe fund territories through contracts. This page says how much, by whom, "
        "for what, where, when, how far along, and how sure. Every amount leads to the document and the line that print it.",
    ),
    "skip": ("Aller au contenu", "Skip to content"),
    "controls": ("Réglages de la page", "Page settings"),
    "sections": ("Parties de la page", "Parts of the page"),
    "contract": ("Contrat", "Contract"),
    "all_contracts": ("Tous les contrats", "All contracts"),
    "with_amounts": ("Avec des montants", "With amounts"),
    "without_amounts": ("Cités sans montant", "Named without amounts"),
    "stage": ("Stade des graphiques", "Stage of the charts"),
    "unit": ("Montants", "Amounts"),
    "millions": ("M€", "€m"),
    "exact": ("€ exacts", "exact €"),
    "language": ("Langue", "Language"),
    "how_much": ("Combien", "How much"),
    "progress": ("Où en est-on", "How far along"),
    "by_whom": ("Par qui", "By whom"),
    "for_what": ("Pour quoi", "For what"),
    "where": ("Où", "Where"),
    "when": ("Quand", "When"),
    "how_sure": ("Avec quelle certitude", "How sure"),
    "search": ("Chercher", "Search"),
    "about": ("À propos", "About"),
    "stages_never_add": (
        "Les stades ne s’additionnent pas : un même euro est annoncé, puis contractualisé, programmé, engagé, payé.",
        "Stages do not add up: the same euro is announced, then contracted, programmed, committed, paid.",
    ),
    "between": ("entre {low} et {high}", "between {low} and {high}"),
    "at_least": ("au moins {low} ; aucun document n’imprime de maximum", "at least {low}; no document prints a maximum"),
    "no_total_bounds": (
        "Les bornes ne s’additionnent pas d’un contrat à l’autre : choisissez un contrat. {count} contrats sur {total} n’ont pas de maximum imprimé.",
        "Bounds are not added across contracts: choose a contract. {count} contracts of {total} have no printed maximum.",
    ),
    "unknown": ("inconnu", "unknown"),
    "no_amount": ("aucun montant imprimé", "no printed amount"),
    "share_unallocated": ("non ventilé", "unallocated"),
    "share_loans": ("prêts, avances, garanties", "loans, advances, guarantees"),
    "share_by_status": ("Contractualisé, selon le texte où on le lit", "Contracted, by the text that prints it"),
    "citation_count": ("chiffres imprimés cités", "printed figures cited"),
    "contract_count": (
        "instruments : {count} avec un montant, {told} dont on dit quelque chose, {named} seulement nommés",
        "instruments: {count} with money, {told} with something told of them, {named} only named",
    ),
    "possible_doubles": (
        "{count} lignes pourraient être comprises dans le total d’un autre contrat : voir les écarts.",
        "{count} lines may be contained in the total of another contract: see the discrepancies.",
    ),
    "empty_contract": (
        "Les documents lus nomment ce contrat sans imprimer de montant. Les autres parties de la page restent donc vides.",
        "The documents read name this contract without printing an amount. The other parts of the page are therefore empty.",
    ),
    "progress_lead": (
        "Une ligne par volet et par territoire, à la date d’arrêté. Les taux divisent par le contractualisé de la même ligne. Le taux théorique est la "
        "part de la durée du contrat écoulée à cette date. « Inconnu » veut dire qu’aucun document ne donne le chiffre, pas qu’il est nul.",
        "One row per volet and territory, at the closing date. Rates divide by the contracted amount of the same row. The theoretical rate is the "
        "share of the contract’s years elapsed at that date. “Unknown” means that no document gives the figure, not that it is zero.",
    ),
    "closing_date": ("Date d’arrêté", "Closing date"),
    "latest_of_each": ("La dernière de chaque contrat", "The latest of each contract"),
    "progress_total": ("Total des montants connus", "Total of the known amounts"),
    "funders_chart": ("Qui finance quoi", "Who funds what"),
    "funders_chart_note": (
        "Une barre par financeur, découpée par volet (par thème pour tous les contrats). Prêts, avances et garanties ont leur propre barre.",
        "One bar per funder, split by volet (by theme for all contracts). Loans, advances and guarantees have a bar of their own.",
    ),
    "tree_chart": ("L’arbre des montants", "The money tree"),
    "tree_chart_note": (
        "Chaque total déclaré, puis ses parts ; le gris bordé de tirets est la part qu’aucun document ne ventile.",
        "Each declared total, then its parts; the grey with a dashed border is the part that no document breaks down.",
    ),
    "map_chart": ("Euros par département", "Euros per département"),
    "map_chart_note": (
        "Une estimation : l’argent d’un territoire à cheval sur plusieurs départements est réparti selon le nombre d’habitants. Les numéros sont les "
        "territoires plus petits que la région qui ont le plus d’argent en propre ; ils sont placés au milieu de leurs départements.",
        "An estimate: money of a territory that straddles départements is spread by number of inhabitants. Numbers are the territories below the "
        "région that hold the most money of their own; they stand in the middle of their départements.",
    ),
    "map_each_chart": ("Euros par habitant", "Euros per inhabitant"),
    "map_each_chart_note": (
        "La même estimation, divisée par la population du département.",
        "The same estimate, divided by the population of the département.",
    ),
    "timeline_chart": ("Contrats, avenants, périodes", "Contracts, amendments, periods"),
    "timeline_chart_note": (
        "Une barre va du 1er janvier de la première année au 31 décembre de la dernière. Les dates non imprimées manquent.",
        "A bar runs from 1 January of the first year to 31 December of the last. Dates that are not printed are missing.",
    ),
    "nothing_to_draw": ("Aucun montant à ce stade dans les documents lus.", "No amount at this stage in the documents read."),
    "no_date_to_draw": ("Aucune date imprimée dans les documents lus.", "No date printed in the documents read."),
    "chart_is": (
        "Graphique : {title}. Les chiffres sont dans les tableaux qui suivent.",
        "Chart: {title}. The figures are in the tables that follow.",
    ),
    "others": ("{count} autres", "{count} others"),
    "other_parts": ("Autres", "Others"),
    "unallocated": ("Non ventilé", "Unallocated"),
    "not_stated": ("Non précisé", "Not stated"),
    "repayable": ("à rembourser", "to be repaid"),
    "total_part": ("Ventilé", "Broken down"),
    "period_start": ("Début", "Start"),
    "table_progress": ("Avancement par volet et territoire", "Progress by volet and territory"),
    "table_contracts": ("Contrats", "Contracts"),
    "table_funders": ("Financeurs", "Funders"),
    "table_themes": ("Thèmes", "Themes"),
    "table_volets": ("Volets", "Volets"),
    "table_operations": ("Opérations", "Operations"),
    "table_territories": ("Territoires, tels que déclarés", "Territories, as declared"),
    "table_departements": ("Départements, estimation", "Départements, an estimate"),
    "table_periods": ("Périodes, telles que déclarées", "Periods, as declared"),
    "table_year_ends": ("Ce que l’on savait à chaque fin d’année", "What was known at each year-end"),
    "table_history": ("Montants qui ont changé", "Amounts that changed"),
    "table_reconciliation": ("Rapprochement des totaux et de leurs parts", "Totals beside their parts"),
    "table_coverage": ("Double lecture des chiffres imprimés", "Second reading of the printed figures"),
    "table_gaps": ("Ce qui manque, et qui pourrait le fournir", "What is missing, and who could supply it"),
    "table_citations": ("Tous les montants imprimés", "All printed amounts"),
    "table_search": ("Résultats", "Results"),
    "discrepancies": ("Écarts et réserves", "Discrepancies and caveats"),
    "discrepancies_lead": (
        "Ce qu’il faut savoir avant de citer un chiffre, en clair, et où le vérifier.",
        "What to know before quoting a figure, in plain words, and where to check it.",
    ),
    "reconciliation_lead": (
        "Un écart plus petit que la précision imprimée n’est pas une contradiction. Le non-ventilé est publié, jamais réparti.",
        "A gap smaller than the printed precision is no contradiction. What is not broken down is published, never spread.",
    ),
    "expected": ("attendu", "expected"),
    "found": ("trouvé", "found"),
    "no_discrepancy": ("Aucun écart pour ce contrat.", "No discrepancy for this contract."),
    "who_repairs": ("À voir avec : {who}", "To settle with: {who}"),
    "search_label": ("Contrat, opération ou partenaire", "Contract, operation or partner"),
    "search_hint": ("Au moins deux lettres ; les accents ne comptent pas.", "At least two letters; accents do not matter."),
    "search_none": ("Rien ne correspond à « {query} ».", "Nothing matches “{query}”."),
    "search_count": ("{count} résultats", "{count} results"),
    "search_more": ("{shown} sur {count} : précisez la recherche.", "{shown} of {count}: narrow the search."),
    "kind_contract": ("Contrat", "Contract"),
    "kind_operation": ("Opération", "Operation"),
    "kind_partner": ("Partenaire", "Partner"),
    "kind": ("Nature", "Kind"),
    "name": ("Nom", "Name"),
    "detail": ("Précisions", "Details"),
    "contracted_here": ("Contractualisé", "Contracted"),
    "show_contract": ("Voir ce contrat", "Show this contract"),
    "named_in": ("Nommé dans", "Named in"),
    "csv": ("CSV", "CSV"),
    "csv_of": ("Télécharger « {title} » en CSV", "Download “{title}” as CSV"),
    "svg": ("SVG", "SVG"),
    "svg_of": ("Télécharger le graphique « {title} » en SVG", "Download the chart “{title}” as SVG"),
    "sql": ("SQL", "SQL"),
    "sql_of": ("La requête SQL qui donne « {title} »", "The SQL that gives “{title}”"),
    "copy": ("Copier", "Copy"),
    "copied": ("Copié", "Copied"),
    "show_all": ("Afficher les {count} lignes", "Show all {count} rows"),
    "as_of": ("arrêté au {date}", "as of {date}"),
    "one_row": ("{count} ligne", "{count} row"),
    "rows": ("{count} lignes", "{count} rows"),
    "no_rows": ("Aucune ligne.", "No row."),
    "dash_means": ("– : aucun document lu ne donne ce chiffre.", "–: no document read gives this figure."),
    "sort_by": ("Trier par {column}", "Sort by {column}"),
    "line": ("ligne {line}", "line {line}"),
    "close": ("Fermer", "Close"),
    "panel": ("D’où vient ce chiffre", "Where this figure comes from"),
    "exact_amount": ("Montant exact", "Exact amount"),
    "made_of": ("Ce chiffre est la somme de {count} lignes de financement.", "This figure is the sum of {count} financial lines."),
    "made_of_one": ("Ce chiffre est une ligne de financement.", "This figure is one financial line."),
    "without_amount": ("{count} lignes sont nommées sans montant.", "{count} lines are named without an amount."),
    "remainder": ("Total déclaré {declared}, moins {parts} de parts connues.", "Declared total {declared}, less {parts} of known parts."),
    "cost_rest": ("Coût de {cost}, moins {payers} de financements connus.", "Cost of {cost}, less {payers} of known funding."),
    "by_reference": (
        "Le document donne ce montant en renvoyant à une autre ligne, dont voici les chiffres imprimés.",
        "The document gives this amount by naming another line, whose printed figures follow.",
    ),
    "earlier": (
        "C’est une position plus ancienne : la requête ci-dessous la donne ; les lignes montrent les versions de maintenant.",
        "This is an earlier position: the query below gives it; the lines show the versions of today.",
    ),
    "no_line": (
        "Aucune ligne comptée ne compose ce chiffre ; la requête ci-dessous le donne.",
        "No counted line makes up this figure; the query below gives it.",
    ),
    "citations": ("Chiffres imprimés", "Printed figures"),
    "no_citation": ("Aucun chiffre imprimé n’est rattaché à cette ligne.", "No printed figure belongs to this line."),
    "read_twice": ("lu deux fois", "read twice"),
    "query": ("La requête qui donne ce chiffre", "The query that gives this figure"),
    "command": ("La même chose en arbre, à la ligne de commande", "The same as a tree, on the command line"),
    "source": ("source", "source"),
    "data_date": ("données au", "data of"),
    "licence": ("licence", "licence"),
    "licence_text": (
        "Base de données : licence MIT ; chiffres et titres : faits des documents cités",
        "Database: MIT licence; figures and titles: facts of the cited documents",
    ),
    "outlines": ("Carte", "Map"),
    "about_text": (
        "Page construite à partir du fichier {database}, écrit le {date}. Elle ne charge rien de l’extérieur et n’a pas besoin de serveur. Les libellés "
        "des contrats, volets et partenaires sont ceux des documents. Les totaux sont ceux des documents lus, pas tout ce qui a été dépensé.",
        "Page built from the file {database}, written on {date}. It loads nothing from outside and needs no server. Labels of contracts, volets and "
        "partners are those of the documents, in French. Totals are those of the documents read, not all that was spent.",
    ),
    "about_release": ("Publication {release}.", "Release {release}."),
    "about_known": ("Les chiffres sont ceux que l’on connaissait au {date}.", "Figures are those known on {date}."),
    "about_last_try": (
        "Attention : depuis sa dernière construction complète, « {command} » ({moment} UTC) n’a pas tout reconstruit et vérifié ; "
        "des chiffres peuvent manquer ou dater d’avant.",
        "Careful: since the file was last built whole, “{command}” ({moment} UTC) has not built and tested all of it; "
        "figures may be missing or older.",
    ),
    "no_script": (
        "Cette page a besoin de JavaScript pour les tableaux et les graphiques ; voici les contrats avec un montant contractualisé.",
        "This page needs JavaScript for tables and charts; here are the contracts with a contracted amount.",
    ),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
}

# codes of the warehouse → (French, English)
VOCABULARY = {
    "announced": ("Annoncé", "Announced"),
    "contracted": ("Contractualisé", "Contracted"),
    "programmed": ("Programmé", "Programmed"),
    "committed": ("Engagé", "Committed"),
    "paid": ("Payé", "Paid"),
    "true": ("oui", "yes"),
    "false": ("non", "no"),
    "signed": ("texte signé", "signed text"),
    "draft": ("projet de texte", "draft"),
    "report": ("rapport", "report"),
    "web_page": ("page web", "web page"),
    "pledge": ("programme électoral", "campaign programme"),
    "unspecified": ("non précisé", "not stated"),
    "counted": ("compté", "counted"),
    "cost": ("coût", "cost"),
    "cross_total": ("total transversal", "cross total"),
    "context": ("contexte", "context"),
    "states": ("énonce", "states"),
    "restates": ("répète", "restates"),
    "revises": ("révise", "revises"),
    "exact": ("exact", "exact"),
    "about": ("environ", "about"),
    "estimated": ("estimé", "estimated"),
    "nearly": ("près de", "nearly"),
    "more_than": ("plus de", "more than"),
    "at_least": ("au moins", "at least"),
    "at_most": ("au plus", "at most"),
    "range": ("fourchette", "range"),
    "matched": ("égal au centime", "equal to the cent"),
    "matched_within_precision": ("égal à la précision imprimée près", "equal within the printed precision"),
    "unallocated_remainder": ("un reste n’est pas ventilé", "a remainder is not broken down"),
    "missing_breakdown": ("les parts n’atteignent pas le total", "the parts do not reach the total"),
    "over_allocated": ("les parts dépassent le total", "the parts go beyond the total"),
    "not_comparable": ("pas comparable : un montant n’est pas imprimé", "not comparable: an amount is not printed"),
    "identified": ("identifiée", "identified"),
    "started": ("commencée", "started"),
    "completed": ("achevée", "completed"),
    "abandoned": ("abandonnée", "abandoned"),
    "unknown": ("inconnu", "unknown"),
    "signatory": ("signataire", "signatory"),
    "associated": ("associé", "associated"),
    "pilot": ("pilote", "pilot"),
    "funder": ("financeur", "funder"),
    "breakdown": ("la ventilation du total (annexe financière)", "the breakdown of the total (financial annex)"),
    "signed_text": ("le texte signé : seul un projet a été lu", "the signed text: only a draft was read"),
    "progress": ("l’exécution : programmé, engagé, payé", "progress: programmed, committed, paid"),
    "contracted_gap": ("le montant contractualisé", "the contracted amount"),
    "upper_bound": ("un montant exact : « plus de », « au moins »", "an exact amount: “more than”, “at least”"),
    "period": ("les années du contrat", "the years of the contract"),
    "no contracted amount here": ("aucun montant contractualisé ici", "no contracted amount here"),
    "the progress belongs to nothing that is contracted here": (
        "l’avancement ne porte sur rien de ce qui est contractualisé ici",
        "the progress belongs to nothing that is contracted here",
    ),
    "some progress belongs to nothing that is contracted here, and is in no rate": (
        "une part de l’avancement ne porte sur rien de ce qui est contractualisé ici, et n’entre dans aucun taux",
        "some progress belongs to nothing that is contracted here, and is in no rate",
    ),
    "no progress figure published": ("aucun chiffre d’avancement publié", "no progress figure published"),
    "progress goes beyond what is contracted here: it may pay for other operations": (
        "dépasse le contractualisé : d’autres opérations sans doute",
        "goes beyond what is contracted: probably other operations",
    ),
    "contract manager": ("qui gère le contrat", "the contract’s manager"),
    "contract managers of both contracts": ("qui gère l’un et l’autre contrat", "the managers of both contracts"),
    "publishers of the documents": ("les éditeurs des documents", "the publishers of the documents"),
    "publisher of the execution table": ("l’éditeur du tableau d’exécution", "the publisher of the execution table"),
    "owner of the operation": ("le maître d’ouvrage", "the owner of the operation"),
    "publisher of the document": ("l’éditeur du document", "the publisher of the document"),
    "transcriber": ("qui a transcrit le document", "the transcriber"),
    "transcriber, or the publisher of the document": (
        "qui a transcrit le document, ou son éditeur",
        "the transcriber, or the publisher of the document",
    ),
}

# rule of the catalogue → plain sentence about one case; {subject}, {contract}, {found}, {expected} are filled, {amount} is the difference
PLAIN_WORDS = {
    "no_possible_double_count": (
        "{subject} : ces {amount} sont peut-être déjà compris dans « {other} ». Les deux sont comptés, chacun à sa place.",
        "{subject}: these {amount} may already be inside “{other}”. Both are counted, each in its place.",
    ),
    "inclusion_is_stated": (
        "{subject} : aucun document ne dit dans quel total ce montant est compris ; le rattachement à « {other} » est une lecture.",
        "{subject}: no document says which total contains this amount; the attachment to “{other}” is a reading.",
    ),
    "totals_do_not_cross": (
        "{subject} : certaines parts sont données par financeur, d’autres par axe ; elles se recouvrent peut-être, pour {amount} au plus.",
        "{subject}: some parts are given by funder, others by axis; they may overlap, for {amount} at most.",
    ),
    "fund_fits_funder": (
        "{subject} : le fonds relève d’un autre partenaire que celui qui paie.",
        "{subject}: the fund belongs to another partner than the one that pays.",
    ),
    "documents_agree": (
        "{subject} : les documents impriment des chiffres qui ne se rejoignent pas : {found}.",
        "{subject}: the documents print figures that do not meet: {found}.",
    ),
    "funder_signed_contract": (
        "{subject} : ce financeur ({other}) n’est pas parmi les partenaires du contrat.",
        "{subject}: this funder ({other}) is not among the partners of the contract.",
    ),
    "period_within_total": (
        "{subject} : la période ({found}) sort de celle de son total ({expected}).",
        "{subject}: the period ({found}) lies outside that of its total ({expected}).",
    ),
    "progress_within_contracted": (
        "{subject} : l’avancement ({found}) dépasse le contractualisé de {amount}, précision déduite ; ce sont sans doute d’autres opérations.",
        "{subject}: progress ({found}) goes beyond what is contracted by {amount}, precision deducted; these are probably other operations.",
    ),
    "official_code_is_current": (
        "{subject} : le code officiel {found} n’est plus en vigueur ; le code en vigueur est {expected}.",
        "{subject}: the official code {found} is out of use; the code in use is {expected}.",
    ),
    "territory_within_total": (
        "{subject} : le territoire ({found}) sort de celui de son total ({expected}).",
        "{subject}: the territory ({found}) lies outside that of its total ({expected}).",
    ),
    "shares_within_cost": (
        "{subject} : les financeurs apportent plus que le coût, de {amount}.",
        "{subject}: the funders bring more than the cost, by {amount}.",
    ),
    "cumulative_position_rises": (
        "{subject} : une position cumulée baisse ({expected}, puis {found}).",
        "{subject}: a cumulative position falls ({expected}, then {found}).",
    ),
    "place_within_contract": (
        "{subject} : le territoire ({found}) sort de celui du contrat ({expected}).",
        "{subject}: the territory ({found}) lies outside that of the contract ({expected}).",
    ),
    "period_within_contract": (
        "{subject} : les années ({found}) ne concordent pas avec celles du contrat ou du document ({expected}).",
        "{subject}: the years ({found}) do not fit those of the contract or of the document ({expected}).",
    ),
    "volet_within_total": (
        "{subject} : l’axe ({found}) ne relève pas de celui de son total ({expected}).",
        "{subject}: the axis ({found}) does not lie under that of its total ({expected}).",
    ),
    "status_fits_dates": (
        "{subject} : le statut ne concorde pas avec les années ou l’avancement ({found}).",
        "{subject}: the status does not fit the years or the progress ({found}).",
    ),
    "indicator_fits_itself": (
        "{subject} : la cible et le résultat ne concordent pas entre eux, avec leur unité ou avec leur document ({found}).",
        "{subject}: target and result do not fit each other, their unit or their document ({found}).",
    ),
    "unit_is_like_its_neighbours": (
        "{subject} : l’unité « {found} » est peut-être une autre ; attendu : {expected}.",
        "{subject}: the unit “{found}” may be another one; expected: {expected}.",
    ),
    "figure_stands_under_one_contract": (
        "{subject} : un même chiffre imprimé est déclaré pour deux contrats ({found}).",
        "{subject}: one printed figure is stated for two contracts ({found}).",
    ),
    "documents_do_not_contradict": (
        "Deux passages ne s’accordent pas : {expected} d’un côté, {found} de l’autre.",
        "Two passages do not agree: {expected} on one side, {found} on the other.",
    ),
}

# how numbers are written in charts (d3-format locales)
NUMBER_LOCALES = {
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


def typeset(words: str) -> str:
    """French text with the spaces before and inside punctuation that no line may break at."""
    return re.sub(r" ([:;?!»%])", "\u00a0\\1", words).replace("« ", "«\u00a0")


def text(key: str, language: str = "fr") -> str:
    """One text of the page. Raises KeyError when it does not exist."""
    words = TEXTS[key][LANGUAGES.index(language)]
    return typeset(words) if language == "fr" else words


def by_language(pairs: dict[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Texts as the page's script reads them: language → key → words."""
    return {
        "fr": {key: typeset(french) for key, (french, _) in pairs.items()},
        "en": {key: english for key, (_, english) in pairs.items()},
    }
