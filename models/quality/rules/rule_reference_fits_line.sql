with lines as (
    select * from {{ ref('int_lines_versioned') }}
),

versions_of_code as (
    select
        line_code,
        contract_code,
        stage,
        amount_eur
    from lines
),

-- the amount that a document names in place of a figure was that of the other line in some version
bounds as (
    select
        lines.line_code,
        lines.contract_code,
        lines.bound_relation || ' ' || lines.bound_line_code as expected,
        lines.amount_eur,
        bool_or(named_lines.contract_code = lines.contract_code and named_lines.amount_eur = lines.amount_eur) as is_amount,
        case lines.bound_relation
            when 'at_least' then coalesce(lines.qualifier in ('at_least', 'more_than'), false)
            when 'at_most' then coalesce(lines.qualifier = 'at_most', false)
            else coalesce(lines.qualifier not in ('at_least', 'more_than', 'at_most'), false)
        end as is_relation
    from lines
    left join versions_of_code as named_lines on lines.bound_line_code = named_lines.line_code
    where lines.bound_line_code is not null
    group by lines.line_code, lines.contract_code, lines.bound_line_code, lines.bound_relation, lines.amount_eur, lines.qualifier
),

progress as (
    select
        lines.line_code,
        lines.contract_code,
        'progress of ' || lines.progress_of_line_code as expected,
        lines.stage,
        bool_or(
            named_lines.contract_code = lines.contract_code
            and named_lines.stage = 'contracted'
            and {{ is_progress('lines.stage') }}
        ) as is_progress
    from lines
    left join versions_of_code as named_lines on lines.progress_of_line_code = named_lines.line_code
    where lines.progress_of_line_code is not null
    group by lines.line_code, lines.contract_code, lines.progress_of_line_code, lines.stage
),

compared as (
    select
        line_code,
        contract_code,
        expected,
        {{ euros('amount_eur') }} as found,
        coalesce(is_amount and is_relation, false) as is_met
    from bounds
    union all
    select
        line_code,
        contract_code,
        expected,
        stage as found,
        coalesce(is_progress, false) as is_met
    from progress
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    expected,
    found,
    cast(null as decimal(28, 2)) as difference,
    case when is_met then 'pass' else 'fail' end as status,
    'a line of the same contract: of the amount that is named in place of a figure, or contracted where this is its progress' as reason
from compared
