with lines as (
    select * from {{ ref('int_lines_current') }}
),

pairs as (
    select
        lines.line_code,
        lines.contract_code,
        lines.line_use,
        parents.line_code as parent_line_code,
        parents.line_use as parent_use,
        parents.contract_code as parent_contract_code
    from lines
    inner join lines as parents on lines.parent_line_code = parents.line_code
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'a parent of the same use and contract' as expected,
    parent_line_code || ': ' || parent_use || ', ' || parent_contract_code as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when line_use <> parent_use then 'fail'
        when line_use = 'counted' and contract_code <> parent_contract_code then 'fail'
        else 'pass'
    end as status,
    'a part has the use and the contract of its total; a line of another stage under it is progress' as reason
from pairs
