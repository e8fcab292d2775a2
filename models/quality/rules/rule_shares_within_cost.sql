with costs as (
    select *
    from {{ ref('int_lines_current') }}
    where line_use = 'cost' and total_line_code is null
),

funding_rows as (
    select *
    from {{ ref('int_funding_rows') }}
    where operation_code is not null
),

printed as (
    select
        operation_code,
        max(contract_code) as contract_code,
        case when count(*) = count(amount_high_eur) then sum(amount_high_eur) end as cost_high_eur
    from costs
    where amount_eur is not null
    group by operation_code
),

stages as (
    select
        operation_code,
        contract_code,
        partner_code,
        sum(amount_low_eur) as low_eur
    from funding_rows
    where amount_eur is not null
    group by operation_code, contract_code, partner_code, stage
),

-- stages of one funder show the same money on its way: the largest is what the funder brings
funders as (
    select
        operation_code,
        max(contract_code) as contract_code,
        max(low_eur) as low_eur
    from stages
    group by operation_code, partner_code
),

brought as (
    select
        operation_code,
        max(contract_code) as contract_code,
        sum(low_eur) as shares_low_eur
    from funders
    group by operation_code
),

compared as (
    select
        coalesce(brought.operation_code, printed.operation_code) as operation_code,
        coalesce(brought.contract_code, printed.contract_code) as contract_code,
        printed.operation_code is not null as has_cost,
        brought.operation_code is not null as has_share,
        printed.cost_high_eur,
        brought.shares_low_eur
    from brought
    full outer join printed on brought.operation_code = printed.operation_code
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
