with contracts as (
    select * from {{ ref('funding_by_contract') }}
),

progress as (
    select
        *,
        greatest(programmed_eur, committed_eur, paid_eur) as reached_eur
    from contracts
)

select
    'progress_within_contracted' as rule_id,
    'contract' as subject_type,
    contract_key as subject_code,
    contract_key as contract_code,
    'at most ' || {{ euros('contracted_high_eur') }} as expected,
    {{ euros('reached_eur') }} as found,
    cast(reached_eur - contracted_high_eur as decimal(18, 2)) as difference,
    case
        when reached_eur is null or contracted_eur is null or contracted_high_eur is null then 'not applicable'
        when reached_eur > contracted_high_eur then 'fail'
        else 'pass'
    end as status,
    case
        when contracted_eur is null then 'nothing contracted is declared' when reached_eur is null then 'no progress is declared' when
            contracted_high_eur is null
            then 'the contracted amount has no upper bound'
        else 'what is programmed, committed or paid stays within what is contracted'
    end as reason
from progress
where coalesce(contracted_eur, reached_eur) is not null
