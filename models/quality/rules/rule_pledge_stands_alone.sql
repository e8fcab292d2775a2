with lines as (
    select * from {{ ref('int_lines_current') }}
),

pairs as (
    select
        lines.line_code,
        lines.contract_code,
        lines.document_status,
        totals.line_code as total_line_code,
        totals.document_status as total_document_status
    from lines
    inner join lines as totals on lines.parent_line_code = totals.line_code
    where lines.document_status is not null and totals.document_status is not null
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'a total printed by a ' || document_status as expected,
    total_line_code || ', printed by a ' || total_document_status as found,
    cast(null as decimal(28, 2)) as difference,
    case when (document_status = 'pledge') = (total_document_status = 'pledge') then 'pass' else 'fail' end as status,
    'a pledge is no part of a figure of another document, and no other figure is a part of a pledge' as reason
from pairs
