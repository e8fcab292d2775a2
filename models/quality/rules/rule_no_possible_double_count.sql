with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted' and possible_parent_code is not null
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'no total of another contract that may contain it' as expected,
    'may be inside ' || possible_parent_code as found,
    amount_eur as difference,
    'fail' as status,
    'both are counted, each in its own contract, until a document tells' as reason
from lines
