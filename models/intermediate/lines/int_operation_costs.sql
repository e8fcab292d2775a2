-- a cost that is a part of another cost of the operation is already inside it
with costs as (
    select
        operation_code,
        contract_code,
        count(*) filter (where parent_line_code is null) as cost_count,
        sum(case when total_line_code is null then amount_eur end) as cost_eur,
        sum(case when total_line_code is null then amount_low_eur end) as cost_low_eur,
        count(case when total_line_code is null then amount_eur end) as amount_count,
        count(case when total_line_code is null then amount_high_eur end) as high_count,
        sum(case when total_line_code is null then amount_high_eur end) as cost_high_eur
    from {{ ref('int_lines_placed') }}
    where snapshot = 'current' and line_use = 'cost' and operation_code is not null
    group by operation_code, contract_code
)

select
    operation_code,
    contract_code,
    cost_count,
    cast(cost_eur as decimal(18, 2)) as cost_eur,
    cast(cost_low_eur as decimal(18, 2)) as cost_low_eur,
    cast(case when amount_count = high_count then cost_high_eur end as decimal(18, 2)) as cost_high_eur
from costs
