with lines as (
    select * from {{ ref('int_lines_current') }}
),

stages as (
    select * from {{ ref('stg_contracts__stages') }}
),

pairs as (
    select
        lines.line_code,
        lines.contract_code,
        lines.stage,
        lines.as_of_date,
        parents.line_code as parent_line_code,
        parents.stage as parent_stage,
        stages.position as stage_position,
        parent_stages.position as parent_position
    from lines
    inner join lines as parents on lines.parent_line_code = parents.line_code
    inner join stages on lines.stage = stages.stage_code
    inner join stages as parent_stages on parents.stage = parent_stages.stage_code
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    parent_stage || ', or a later stage at a closing date' as expected,
    stage || coalesce(' at ' || as_of_date, '') as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when stage = parent_stage then 'pass'
        when stage_position > parent_position and as_of_date is not null then 'pass'
        else 'fail'
    end as status,
    'a part has the stage of its total; progress is later and says of which date: total ' || parent_line_code as reason
from pairs
