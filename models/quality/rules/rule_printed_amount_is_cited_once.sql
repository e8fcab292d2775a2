with lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
    where amount_status = 'printed' and not is_withdrawn
),

figures as (
    select * from {{ ref('int_figures_parsed') }}
    where subject_type = 'financial_line' and role in ('states', 'revises') and not is_percent
),

recorded as (
    select
        line_code,
        contract_code,
        recorded_on,
        count(*) as position_count
    from lines
    group by line_code, contract_code, recorded_on
),

statements as (
    select
        subject_code,
        subject_recorded_on,
        count(*) as statement_count
    from figures
    group by subject_code, subject_recorded_on
),

-- several positions of a line, recorded on one day
positions as (
    select distinct
        lines.line_code,
        lines.contract_code,
        lines.recorded_on,
        lines.as_of_date
    from recorded
    inner join lines on recorded.line_code = lines.line_code and recorded.recorded_on is not distinct from lines.recorded_on
    where recorded.position_count > 1
),

counted as (
    select
        recorded.line_code,
        recorded.contract_code,
        recorded.recorded_on,
        cast(null as date) as as_of_date,
        coalesce(statements.statement_count, 0) as statement_count
    from recorded
    left join statements
        on recorded.line_code = statements.subject_code and recorded.recorded_on is not distinct from statements.subject_recorded_on
    where recorded.position_count = 1
    union all
    -- the mention of each says of which date it is
    select
        positions.line_code,
        positions.contract_code,
        positions.recorded_on,
        positions.as_of_date,
        count(figures.mention_code) as statement_count
    from positions
    left join figures
        on
            positions.line_code = figures.subject_code
            and positions.recorded_on is not distinct from figures.subject_recorded_on
            and positions.as_of_date = figures.subject_as_of_date
    group by positions.line_code, positions.contract_code, positions.recorded_on, positions.as_of_date
)

select
    'financial_line' as subject_type,
    concat_ws(' @ ', line_code, recorded_on, as_of_date) as subject_code,
    contract_code,
    '1 mention that states it' as expected,
    statement_count || ' mentions' as found,
    cast(statement_count - 1 as decimal(28, 2)) as difference,
    case when statement_count = 1 then 'pass' else 'fail' end as status,
    'a printed amount has exactly one mention that states it' as reason
from counted
