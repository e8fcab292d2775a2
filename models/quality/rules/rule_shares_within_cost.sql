with plans as (
    select
        operation_key,
        max(contract_key) as contract_key,
        sum(greatest(announced_eur, contracted_eur, programmed_eur, committed_eur, paid_eur)) as shares_eur,
        sum(cost_eur) as cost_eur
    from {{ ref('financing_plans') }}
    group by operation_key
)

select
    'shares_within_cost' as rule_id,
    'operation' as subject_type,
    operation_key as subject_code,
    contract_key as contract_code,
    'at most ' || {{ euros('cost_eur') }} as expected,
    {{ euros('shares_eur') }} as found,
    cast(shares_eur - cost_eur as decimal(18, 2)) as difference,
    case
        when cost_eur is null or shares_eur is null then 'not applicable'
        when shares_eur > cost_eur then 'fail'
        else 'pass'
    end as status,
    case
        when cost_eur is null then 'no document prints the cost' when shares_eur is null then 'no share is declared' else
            'funders do not bring more than the operation costs'
    end as reason
from plans
