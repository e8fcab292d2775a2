with contracts as (
    select contract_key from {{ ref('dim_contract') }}
    where contract_key <> 'unspecified'
),

with_money as (
    select contract_key from {{ ref('funding_by_contract') }}
    where coalesce(announced_eur, contracted_eur, programmed_eur, committed_eur, paid_eur) is not null
    union
    select contract_key from {{ ref('fct_envelope') }}
    where declared_eur is not null
),

with_content as (
    select contract_key from with_money
    union
    select contract_key from {{ ref('bridge_contract_signatory') }}
    union
    select contract_key from {{ ref('dim_axis') }}
    union
    select contract_key from {{ ref('dim_operation') }}
    union
    select contract_key from {{ ref('fct_indicator') }}
    union
    select from_contract_key as contract_key from {{ ref('bridge_contract_relation') }}
    union
    select to_contract_key as contract_key from {{ ref('bridge_contract_relation') }}
),

instruments as (
    select
        count(*) as instruments,
        count(with_money.contract_key) as instruments_with_money,
        count(with_content.contract_key) as instruments_with_content
    from contracts
    left join with_money on contracts.contract_key = with_money.contract_key
    left join with_content on contracts.contract_key = with_content.contract_key
),

-- of the figures that no line takes, money is what prints a currency: a number of people is none
citations as (
    select
        subject_type,
        verified_by,
        parsed_value is not null and (
            subject_type = 'financial_line'
            or (subject_type = 'none' and lower(concat_ws(' ', printed_figure, printed_unit)) like '%euro%')
            or (subject_type = 'none' and concat_ws(' ', printed_figure, printed_unit) like '%€%')
        ) as is_money
    from {{ ref('figure_citations') }}
),

figures as (
    select
        count(*) as printed_figures,
        count(*) filter (where subject_type = 'financial_line') as figures_of_lines,
        count(*) filter (where is_money) as money_figures,
        count(verified_by) filter (where is_money) as money_figures_read_twice
    from citations
),

partners as (
    select count(*) as partners from {{ ref('dim_partner') }}
    where partner_key <> 'unspecified'
),

operations as (
    select count(*) as operations from {{ ref('dim_operation') }}
    where operation_key <> 'unspecified'
),

lines as (
    select count(*) as financial_lines from {{ ref('line_history') }}
    where version_number = 1
),

indicators as (
    select count(*) as indicators from {{ ref('fct_indicator') }}
),

contradictions as (
    select count(*) as contradictions from {{ ref('discrepancies') }}
    where rule_id = 'documents_do_not_contradict'
),

named (count_code, label_fr, label_en, definition_en) as (
    values
    ('instruments', 'Instruments', 'Instruments', 'Contracts, plans, programmes and schemes that have a name of their own.'),
    ('instruments_with_money', 'Instruments chiffrés', 'Instruments with money', 'A counted line with an amount, or a declared total.'),
    (
        'instruments_with_content', 'Instruments décrits', 'Instruments with content',
        'Money, a party, an axis, an operation, an indicator or a relation with another instrument.'
    ),
    ('instruments_only_named', 'Instruments seulement nommés', 'Instruments only named', 'Instruments without any of these.'),
    ('partners', 'Partenaires', 'Partners', 'Bodies and printed groups of bodies.'),
    ('operations', 'Opérations', 'Operations', 'Projects, under whichever instrument.'),
    (
        'financial_lines', 'Lignes de financement', 'Financial lines',
        'Lines of every use, with or without amount; versions of a line count once.'
    ),
    ('printed_figures', 'Chiffres imprimés', 'Printed figures', 'Figures at one line of one document about one subject, of every kind.'),
    (
        'money_figures', 'Montants imprimés', 'Printed money figures',
        'Printed figures that are amounts of money: those of lines and those excluded with a reason. Percentages and indicators are not.'
    ),
    (
        'money_figures_read_twice', 'Montants où deux lectures concordent', 'Money figures on which two readings agree',
        'Printed money figures on which a second reading, made apart, agrees in all that it says.'
    ),
    ('figures_of_lines', 'Chiffres cités par des lignes', 'Figures cited by lines', 'Amounts and percentages that a financial line cites.'),
    ('indicators', 'Indicateurs', 'Indicators', 'Targets and results, beside the financial lines.'),
    (
        'contradictions', 'Contradictions relevées', 'Contradictions',
        'Two places of the documents that contradict each other, found by reading.'
    )
),

final as (
    select
        named.count_code,
        named.label_fr,
        named.label_en,
        named.definition_en,
        case named.count_code
            when 'instruments' then instruments.instruments
            when 'instruments_with_money' then instruments.instruments_with_money
            when 'instruments_with_content' then instruments.instruments_with_content
            when 'instruments_only_named' then instruments.instruments - instruments.instruments_with_content
            when 'partners' then partners.partners
            when 'operations' then operations.operations
            when 'financial_lines' then lines.financial_lines
            when 'printed_figures' then figures.printed_figures
            when 'money_figures' then figures.money_figures
            when 'money_figures_read_twice' then figures.money_figures_read_twice
            when 'figures_of_lines' then figures.figures_of_lines
            when 'indicators' then indicators.indicators
            when 'contradictions' then contradictions.contradictions
        end as counted_value
    from named
    cross join instruments
    cross join partners
    cross join operations
    cross join lines
    cross join figures
    cross join indicators
    cross join contradictions
)

select * from final
