with totals as (
    select * from {{ ref('envelope_reconciliation') }}
)

select
    'financial_line' as subject_type,
    envelope_key as subject_code,
    contract_key as contract_code,
    {{ euros('declared_eur') }} as expected,
    {{ euros('broken_down_eur') }} as found,
    gap_eur as difference,
    case
        when verdict = 'not_comparable' then 'not applicable'
        when verdict in ('missing_breakdown', 'over_allocated') then 'fail'
        else 'pass'
    end as status,
    verdict || ': ' || reason as reason
from totals
where line_use = 'counted'
