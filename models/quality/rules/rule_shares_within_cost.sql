-- money of one contract may change the result of an operation of another
with contracts as (
    select * from {{ ref('int_contracts_of_operations') }}
),

operations as (
    select * from {{ ref('stg_contracts__operations') }}
    where contract_code in (select contracts.contract_code from contracts)
),

-- cost and shares of an operation may stand in several contracts
costs as (
    select
        operation_code,
        case when count(*) = count(amount_high_eur) then sum(amount_high_eur) end as cost_high_eur
    from {{ ref('int_operation_costs') }}
    where not is_part and amount_eur is not null and operation_code in (select operations.operation_code from operations)
    group by operation_code
),

-- stages of one funder show the same money on its way: the largest is what the funder brings
funders as (
    select
        operation_code,
        partner_code,
        max(amount_low_eur) as low_eur
    from {{ ref('int_operation_shares') }}
    where amount_eur is not null and operation_code in (select operations.operation_code from operations)
    group by operation_code, partner_code
),

brought as (
    select
        operation_code,
        sum(low_eur) as shares_low_eur
    from funders
    group by operation_code
),

compared as (
    select
        operations.operation_code,
        operations.contract_code,
        costs.operation_code is not null as has_cost,
        brought.operation_code is not null as has_share,
        costs.cost_high_eur,
        brought.shares_low_eur
    from operations
    left join costs on operations.operation_code = costs.operation_code
    left join brought on operations.operation_code = brought.operation_code
    where costs.operation_code is not null or brought.operation_code is not null
)

select
    'shares_within_cost' as rule_id,
    'operation' as subject_type,
    operation_code as subject_code,
    contract_code,
    'at most ' || {{ euros('cost_high_eur') }} as expected,
    'at least ' || {{ euros('shares_low_eur') }} as found,
    cast(shares_low_eur - cost_high_eur as decimal(18, 2)) as difference,
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
