with lines as (
    select * from {{ ref('int_lines_current') }}
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'a parent that the document states' as expected,
    parent_basis || ' parent ' || parent_line_code as found,
    amount_eur as difference,
    case when amount_eur is null then 'not applicable' when parent_basis = 'assumed' then 'fail' else 'pass' end as status,
    coalesce(note, 'the document does not say that the total contains it') as reason
from lines
where parent_line_code is not null and line_use = 'counted'
