-- a cost of one contract may be the second of an operation of another
with contracts as (
    select * from {{ ref('int_contracts_changed') }}
),

costs as (
    select * from {{ ref('int_operation_costs') }}
),

lines as (
    select * from costs
    where contract_code in (select contracts.contract_code from contracts)
),

private_payers as (
    select partner_code from {{ ref('stg_contracts__partners') }}
    where partner_type_code in ('private_company', 'public_company', 'social_landlord', 'association', 'foreign_public_body')
),

operations as (
    select
        operation_code,
        count(*) as cost_count
    from costs
    where is_root and operation_code in (select lines.operation_code from lines)
    group by operation_code
)

select
    'financial_line' as subject_type,
    lines.line_code as subject_code,
    lines.contract_code,
    'one cost of one operation, of all funders' as expected,
    concat_ws(
        ', ', coalesce(lines.operation_code, 'no operation'), operations.cost_count || ' costs', 'funder ' || lines.partner_code
    ) as found,
    lines.amount_eur as difference,
    case
        when lines.operation_code is null or operations.cost_count > 1 then 'fail'
        when lines.partner_code is not null and (lines.is_root or private_payers.partner_code is null) then 'fail'
        else 'pass'
    end as status,
    'a cost is that of one operation and of no funder; what a public funder brings is counted' as reason
from lines
left join operations on lines.operation_code = operations.operation_code
left join private_payers on lines.partner_code = private_payers.partner_code
