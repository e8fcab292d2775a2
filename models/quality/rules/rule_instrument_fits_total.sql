with lines as (
    select * from {{ ref('int_lines_current') }}
),

pairs as (
    select
        lines.line_code,
        lines.contract_code,
        lines.instrument,
        parents.line_code as parent_line_code,
        parents.instrument as parent_instrument
    from lines
    inner join lines as parents on lines.parent_line_code = parents.line_code
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    parent_instrument as expected,
    instrument as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when instrument = 'unknown' or parent_instrument = 'unknown' then 'not applicable'
        when instrument = parent_instrument then 'pass'
        else 'fail'
    end as status,
    case
        when instrument = 'unknown' or parent_instrument = 'unknown' then 'one side names no instrument'
        else 'a part of a grant is a grant, a part of a loan a loan: total ' || parent_line_code
    end as reason
from pairs
