with costs as (
    select
        *,
        count(*) filter (where parent_line_code is null) over (partition by operation_code) as cost_count
    from {{ ref('int_lines_current') }}
    where line_use = 'cost'
)

select
    'cost_is_of_an_operation' as rule_id,
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'one cost of one operation, of all funders' as expected,
    concat_ws(', ', coalesce(operation_code, 'no operation'), cost_count || ' costs', 'funder ' || partner_code) as found,
    amount_eur as difference,
    case when operation_code is null or partner_code is not null or cost_count > 1 then 'fail' else 'pass' end as status,
    'a cost is that of one operation and of no funder; what a funder brings is counted' as reason
from costs
