"""Sentences of the importers of published lists (subventions, European operations), in French and English, by rule."""

LIST_REFUSALS = {
    "unknown_column_choice": (
        "--column : {file} n'a pas de colonne « {column} ». Colonnes lues : {columns}.",
        "--column: {file} has no column “{column}”. Columns read: {columns}.",
    ),
    "unknown_official_name": (
        "--column : « {name} » n'est pas un nom officiel. Noms : {officials}.",
        "--column: “{name}” is no official name. Names: {officials}.",
    ),
    "two_columns_for_one": (
        '{file} : plusieurs colonnes pour {official} ({columns}). Écartez-en une : --column "{column}=".',
        '{file}: several columns for {official} ({columns}). Leave one out: --column "{column}=".',
    ),
    "column_may_be_two": (
        '{file} : la colonne « {column} » peut être {officials}. Dites laquelle, par exemple --column "{column}={official}".',
        '{file}: column “{column}” may be {officials}. Say which, such as --column "{column}={official}".',
    ),
    "official_column_missing": (
        '{file} : aucune colonne n\'est reconnue comme {column}. Dites laquelle : --column "…={column}". Colonnes lues : {columns}.',
        '{file}: no column is recognised as {column}. Say which: --column "…={column}". Columns read: {columns}.',
    ),
    "share_scale_unclear": (
        "{file} : les parts vont-elles de 0 à 1 ou de 0 à 100 ? Entre 0 et 1 : {below} ; égales à 1 : {one} ; au-delà : {above} ; "
        "sommes à 1 : {to_one} ; à 100 : {to_hundred}. Dites-le : --share-scale fraction ou --share-scale percent.",
        "{file}: do shares run from 0 to 1 or from 0 to 100? Between 0 and 1: {below}; equal to 1: {one}; above: {above}; "
        "adding to 1: {to_one}; to 100: {to_hundred}. Say it: --share-scale fraction or --share-scale percent.",
    ),
    "amount_basis_unclear": (
        "{file} : {count} décisions (d'abord ligne {line}) ont des parts qui font un tout mais des montants différents : le montant "
        "est-il celui de la décision ou de la ligne ? Dites-le : --amount-basis decision ou --amount-basis row.",
        "{file}: {count} decisions (first at line {line}) have shares that make a whole but different amounts: is the amount that of "
        "the decision or of the row? Say it: --amount-basis decision or --amount-basis row.",
    ),
    "share_column_missing": (
        "{file} : pas de colonne pourcentageSubvention. Si le montant est celui de chaque ligne, dites-le : --amount-basis row.",
        "{file}: no column pourcentageSubvention. If the amount is that of each row, say it: --amount-basis row.",
    ),
    "rates_not_euros": (
        '{file} : la colonne « {column} » contient des taux (au plus 100), pas des euros. Désignez celle du montant : --column "…=eu_eur".',
        '{file}: column “{column}” holds rates (at most 100), not euros. Name that of the amount: --column "…=eu_eur".',
    ),
    "already_landed": (
        "{count} lignes sont déjà dans {other} (par exemple la ligne {line}) : le même euro compterait deux fois. "
        "Retirez cet import, ou importez ce fichier sous le même nom.",
        "{count} rows are in {other} already (such as line {line}): a euro would count twice. "
        "Remove that import, or import this file under the same name.",
    ),
    "programme_already_landed": (
        "Des crédits européens du programme « {programme} » sont déjà dans {other} : ils compteraient deux fois. "
        "Retirez cet import, ou importez ce fichier sous le même nom.",
        "EU money of programme “{programme}” is in {other} already: it would count twice. "
        "Remove that import, or import this file under the same name.",
    ),
    "no_such_contract": (
        "--contract : « {code} » n'est pas un contrat connu. Proches : {candidates}.",
        "--contract: “{code}” is no known contract. Close: {candidates}.",
    ),
    "no_such_funder": (
        "--funder : « {code} » n'est pas un partenaire connu. Proches : {candidates}.",
        "--funder: “{code}” is no known partner. Close: {candidates}.",
    ),
}

LIST_FINDINGS = {
    "row_repeated": (
        "La ligne est identique à la ligne {first} : comptée une seule fois.",
        "The row is identical to line {first}: counted once.",
    ),
    "share_invalid": (
        "« {value} » n'est pas une part ({expected}).",
        "“{value}” is not a share ({expected}).",
    ),
    "shares_exceed_whole": (
        "Les parts de la décision dépassent le tout : la décision est comptée une fois, sans répartition.",
        "The shares of the decision go beyond the whole: the decision counts once, not broken down.",
    ),
    "shares_below_whole": (
        "Les parts de la décision ne font pas le tout : le reste est publié comme non ventilé.",
        "The shares of the decision do not make the whole: the rest is published as unallocated.",
    ),
    "nature_unknown": (
        "« {value} » n'est pas une nature (aide en numéraire, aide en nature).",
        "“{value}” is not a nature (aide en numéraire, aide en nature).",
    ),
    "payment_period_unreadable": (
        "« {value} » n'est pas une période de versement : l'année de la convention est prise.",
        "“{value}” is not a payment period: the year of the agreement is taken.",
    ),
    "payment_period_reversed": (
        "La période de versement « {value} » finit avant de commencer.",
        "The payment period “{value}” ends before it starts.",
    ),
    "date_is_a_year": (
        "« {value} » : seule l'année de la convention est connue.",
        "“{value}”: only the year of the agreement is known.",
    ),
    "date_implausible": (
        "« {value} » n'est pas plausible (publication le {published_on}) : la date n'est pas retenue.",
        "“{value}” is not plausible (published on {published_on}): the date is not taken.",
    ),
    "rna_invalid": ("« {value} » n'est pas un numéro RNA (W et 9 chiffres).", "“{value}” is no RNA number (W and 9 digits)."),
    "beneficiary_by_name": (
        "Ni SIRET ni RNA valable : le bénéficiaire est reconnu par son nom.",
        "Neither a valid SIRET nor RNA: the beneficiary is recognised by its name.",
    ),
    "beneficiary_spelled_differently": (
        "« {value} » s'écrit aussi « {other} » : un seul partenaire.",
        "“{value}” is also spelled “{other}”: one partner.",
    ),
    "object_missing": ("L'objet n'est pas indiqué.", "The object is not stated."),
    "beneficiary_missing": ("Le bénéficiaire n'est pas indiqué.", "The beneficiary is not stated."),
    "amount_is_zero": ("Le montant est nul.", "The amount is zero."),
    "eligible_missing": ("Les dépenses éligibles manquent : pas de coût.", "The eligible cost is missing: no cost."),
    "eu_above_eligible": (
        "Le montant UE ({value}) dépasse les dépenses éligibles ({expected}).",
        "The EU amount ({value}) is above the eligible cost ({expected}).",
    ),
    "ends_before_it_starts": (
        "L'opération finit ({value}) avant de commencer ({expected}).",
        "The operation ends ({value}) before it starts ({expected}).",
    ),
    "date_unreadable": ("« {value} » n'est pas une date : non retenue.", "“{value}” is no date: not taken."),
    "postcode_lost_zero": (
        "Le code postal « {value} » a perdu son zéro : lu comme {read}.",
        "Postcode “{value}” lost its zero: read as {read}.",
    ),
    "postcode_missing": ("Pas de code postal.", "No postcode."),
    "postcode_invalid": ("« {value} » n'est pas un code postal français.", "“{value}” is not a French postcode."),
    "fund_missing": ("Le fonds n'est pas indiqué (« {value} »).", "The fund is not stated (“{value}”)."),
    "operation_repeated": (
        "Même intitulé et même bénéficiaire que la ligne {first}, autres dates ou montants : gardée comme une autre opération.",
        "Same title and beneficiary as line {first}, other dates or amounts: kept as another operation.",
    ),
    "operation_untitled": ("L'opération n'a pas d'intitulé.", "The operation has no title."),
}

# about the file as a whole
LIST_NOTICES = {
    "columns_ignored": ("Colonnes sans usage : {columns}", "Columns without use: {columns}"),
    "shares_read_as": (
        "Parts lues comme {scale} (fraction : 0 à 1, percent : 0 à 100), montant de la {basis} (decision : décision, row : ligne)",
        "Shares read as {scale} (fraction: 0 to 1, percent: 0 to 100), amount of the {basis}",
    ),
    "stage_from_header": (
        "La colonne « {column} » donne le stade {stage}.",
        "Column “{column}” gives the stage {stage}.",
    ),
    "header_says_rate": (
        "L'en-tête « {column} » annonce un taux, les cellules sont des euros.",
        "Header “{column}” announces a rate, the cells are euros.",
    ),
    "programme_attached": (
        "Le programme « {programme} » est rattaché au contrat {contract}, déjà connu.",
        "Programme “{programme}” is attached to contract {contract}, known already.",
    ),
    "no_operation_identifier": (
        "Aucune colonne n'identifie l'opération : elle est reconnue par son intitulé, son bénéficiaire et ses dates.",
        "No column identifies the operation: it is recognised by title, beneficiary and dates.",
    ),
}

LISTS = {**LIST_REFUSALS, **LIST_FINDINGS, **LIST_NOTICES}
