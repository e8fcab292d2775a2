with lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
),

figures as (
    select * from {{ ref('int_figures_parsed') }}
    where subject_type = 'financial_line' and role in ('states', 'revises') and not is_percent
),

compared as (
    select
        lines.*,
        figures.subject_as_of_date,
        figures.parsed_value,
        figures.high_value,
        figures.mention_code
    from lines
    inner join figures
        on
            lines.line_code = figures.subject_code
            and lines.recorded_on is not distinct from figures.subject_recorded_on
            and lines.as_of_date is not distinct from coalesce(figures.subject_as_of_date, lines.as_of_date)
)

select
    'financial_line' as subject_type,
    concat_ws(' @ ', line_code, recorded_on, subject_as_of_date) as subject_code,
    contract_code,
    {{ euros('parsed_value') }} as expected,
    {{ euros('amount_eur') }} as found,
    cast(amount_eur - parsed_value as decimal(28, 2)) as difference,
    case
        when amount_eur is null or amount_eur <> parsed_value then 'fail'
        when amount_high_eur is not null and (high_value is null or amount_high_eur <> high_value) then 'fail'
        else 'pass'
    end as status,
    'the amount typed in the line against its printed figure, mention ' || mention_code as reason
from compared
