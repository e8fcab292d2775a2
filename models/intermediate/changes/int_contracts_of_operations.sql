-- money of one contract may change the plan, and the checks, of an operation of another
with changed as (
    select * from {{ ref('int_contracts_changed') }}
),

lines as (
    select * from {{ ref('int_lines_declared') }}
),

operations as (
    select * from {{ ref('stg_contracts__operations') }}
),

operation_costs as (
    select * from {{ ref('int_operation_costs') }}
),

-- noted when rows that named them changed or went
named_before as (
    select * from {{ source('landing_state', 'changed_operations') }}
),

touched as (
    select operation_code from lines
    where operation_code is not null
    union
    select operation_code from named_before
    union
    select operations.operation_code
    from operations
    inner join changed on operations.contract_code = changed.contract_code
),

final as (
    select contract_code from changed
    union
    select operations.contract_code
    from operations
    inner join touched on operations.operation_code = touched.operation_code
    union
    select operation_costs.contract_code
    from operation_costs
    inner join touched on operation_costs.operation_code = touched.operation_code
)

select * from final
