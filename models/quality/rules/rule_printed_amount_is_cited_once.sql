with lines as (
    select
        *,
        count(*) over (partition by line_code, recorded_on) as position_count
    from {{ ref('int_lines_declared') }}
    where amount_status = 'printed' and not is_withdrawn
),

figures as (
    select * from {{ ref('int_figures_parsed') }}
    where subject_type = 'financial_line' and role in ('states', 'revises') and not is_percent
),

-- where several positions of a line are recorded on one day, the mention of each says of which date it is
stated as (
    select distinct
        lines.line_code,
        lines.recorded_on,
        lines.as_of_date,
        figures.mention_code
    from lines
    inner join figures
        on
            lines.line_code = figures.subject_code
            and lines.recorded_on is not distinct from figures.subject_recorded_on
    where lines.position_count = 1 or lines.as_of_date = figures.subject_as_of_date
),

counted as (
    select
        lines.line_code,
        lines.contract_code,
        lines.recorded_on,
        case when lines.position_count > 1 then lines.as_of_date end as as_of_date,
        count(stated.mention_code) as statement_count
    from lines
    left join stated
        on
            lines.line_code = stated.line_code
            and lines.recorded_on is not distinct from stated.recorded_on
            and lines.as_of_date is not distinct from stated.as_of_date
    group by all
)

select
    'printed_amount_is_cited_once' as rule_id,
    'financial_line' as subject_type,
    concat_ws(' @ ', line_code, recorded_on, as_of_date) as subject_code,
    contract_code,
    '1 mention that states it' as expected,
    statement_count || ' mentions' as found,
    cast(statement_count - 1 as decimal(18, 2)) as difference,
    case when statement_count = 1 then 'pass' else 'fail' end as status,
    'a printed amount has exactly one mention that states it' as reason
from counted
