with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted'
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'a funder, an instrument or the nature of the credit' as expected,
    concat_ws(', ', partner_code, instrument, credit_nature) as found,
    amount_eur as difference,
    case when partner_code is null and instrument = 'unknown' and credit_nature = 'unknown' then 'fail' else 'pass' end as status,
    'money without funder, instrument and nature is a cost, a need or context' as reason
from lines
