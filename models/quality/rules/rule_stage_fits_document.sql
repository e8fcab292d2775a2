with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted'
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    case when document_status = 'pledge' then 'announced' else 'any stage' end as expected,
    stage as found,
    cast(null as decimal(28, 2)) as difference,
    case when document_status = 'pledge' and stage <> 'announced' then 'fail' else 'pass' end as status,
    'a campaign programme announces; what it claims about the past is context: document ' || document_code as reason
from lines
