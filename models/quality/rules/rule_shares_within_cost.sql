-- money of one contract may change the result of an operation of another
with totals as (
    select * from {{ ref('int_operation_totals') }}
),

payers as (
    select * from {{ ref('int_operation_payers') }}
    where not is_nested and not is_computed
),

payers_added as (
    select
        operation_code,
        sum(brought_low_eur) as shares_low_eur
    from payers
    where brought_eur is not null
    group by operation_code
),

compared as (
    select
        totals.operation_code,
        totals.contract_code,
        totals.cost_eur is not null as has_cost,
        payers_added.operation_code is not null as has_share,
        totals.cost_high_eur,
        payers_added.shares_low_eur
    from totals
    left join payers_added on totals.operation_code = payers_added.operation_code
    where totals.cost_eur is not null or payers_added.operation_code is not null
)

select
    'operation' as subject_type,
    operation_code as subject_code,
    contract_code,
    'at most ' || {{ euros('cost_high_eur') }} as expected,
    'at least ' || {{ euros('shares_low_eur') }} as found,
    cast(shares_low_eur - cost_high_eur as decimal(28, 2)) as difference,
    case
        when cost_high_eur is null or shares_low_eur is null then 'not applicable'
        when shares_low_eur > cost_high_eur then 'fail'
        else 'pass'
    end as status,
    case
        when not has_cost then 'no document prints the cost'
        when not has_share then 'no share is declared'
        when cost_high_eur is null then 'the cost has no upper bound'
        else 'funders do not bring more than the operation costs, within what is printed'
    end as reason
from compared
