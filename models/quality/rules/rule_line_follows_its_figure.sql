with lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
    where not is_withdrawn
),

figures as (
    select * from {{ ref('int_figures_parsed') }}
    where subject_type = 'financial_line' and role in ('states', 'revises') and not is_percent
),

compared as (
    select
        concat_ws(' @ ', lines.line_code, lines.recorded_on, figures.subject_as_of_date) as subject_code,
        lines.contract_code,
        coalesce(
            lines.qualifier = figures.qualifier
            and lines.period_basis = case when figures.basis = 'per_year' then 'per_year' else 'total' end
            and coalesce(lines.year_count, 1) = figures.multiplier,
            false
        ) as is_followed,
        lines.qualifier || ', ' || lines.period_basis || ', years ' || coalesce(lines.year_count, 1) as found,
        figures.qualifier || ', ' || case when figures.basis = 'per_year' then 'per_year' else 'total' end || ', years '
        || figures.multiplier as expected,
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
    subject_code,
    contract_code,
    expected,
    found,
    cast(null as decimal(28, 2)) as difference,
    case when is_followed then 'pass' else 'fail' end as status,
    'a line has the qualifier, the basis and the years of its printed figure, mention ' || mention_code as reason
from compared
