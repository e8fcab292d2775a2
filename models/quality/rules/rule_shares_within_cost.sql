with operations as (
    select operations.*
    from {{ ref('stg_contracts__operations') }} as operations
    inner join {{ ref('int_contracts_changed') }} as changed on operations.contract_code = changed.contract_code
),

-- cost and shares of an operation may stand in several contracts
costs as (
    select
        operation_code,
        sum(cost_eur) as cost_eur,
        case when count(cost_eur) = count(cost_high_eur) then sum(cost_high_eur) end as cost_high_eur
    from {{ ref('int_operation_costs') }}
    group by operation_code
),

stages as (
    select
        operation_key,
        contract_key,
        funder_key,
        sum(amount_low_eur) as low_eur
    from {{ ref('fct_funding') }}
    where operation_key <> 'unspecified' and amount_low_eur is not null
    group by operation_key, contract_key, funder_key, stage_key
),

-- stages of one funder show the same money on its way: the largest is what the funder brings
funders as (
    select
        operation_key,
        funder_key,
        max(low_eur) as low_eur
    from stages
    group by operation_key, funder_key
),

brought as (
    select
        operation_key,
        sum(low_eur) as shares_low_eur
    from funders
    group by operation_key
),

compared as (
    select
        operations.operation_code,
        operations.contract_code,
        costs.cost_eur is not null as has_cost,
        costs.cost_high_eur,
        brought.shares_low_eur
    from operations
    left join costs on operations.operation_code = costs.operation_code
    left join brought on operations.operation_code = brought.operation_key
    where costs.cost_eur is not null or brought.operation_key is not null
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
        when shares_low_eur is null then 'no share is declared'
        when cost_high_eur is null then 'the cost has no upper bound'
        else 'funders do not bring more than the operation costs, within what is printed'
    end as reason
from compared
