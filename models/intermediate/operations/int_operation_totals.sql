-- the operations that this build works on, with their cost from all contracts that print one
with contracts as (
    select * from {{ ref('int_contracts_changed') }}
),

operations as (
    select * from {{ ref('stg_contracts__operations') }}
    where contract_code in (select contracts.contract_code from contracts)
),

costs as (
    select * from {{ ref('int_operation_costs') }}
    where not is_part and operation_code in (select operations.operation_code from operations)
),

costed as (
    select
        costs.operation_code,
        cast(sum(costs.amount_eur) as decimal(28, 2)) as cost_eur,
        cast(sum(costs.amount_low_eur) as decimal(28, 2)) as cost_low_eur,
        cast(
            case when count(costs.amount_eur) = count(costs.amount_high_eur) then sum(costs.amount_high_eur) end as decimal(28, 2)
        ) as cost_high_eur,
        {{ largest('qualifier', 'costs') }} as qualifier,
        {{ largest('document_code', 'costs') }} as document_code,
        {{ largest('document_line_number', 'costs') }} as document_line_number,
        {{ largest('document_status', 'costs') }} as document_status
    from costs
    group by costs.operation_code
),

final as (
    select
        operations.operation_code,
        operations.contract_code,
        operations.label_fr,
        operations.status,
        costed.operation_code is not null as has_cost,
        costed.cost_eur,
        costed.cost_low_eur,
        costed.cost_high_eur,
        costed.qualifier,
        costed.document_code,
        costed.document_line_number,
        costed.document_status
    from operations
    left join costed on operations.operation_code = costed.operation_code
)

select * from final
