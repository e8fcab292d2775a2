with funding as (
    select * from {{ ref('fct_funding') }}
    {{ only_changed_contracts('contract_key') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
    {{ only_changed_contracts('contract_key') }}
),

bounds as (
    select * from {{ ref('int_contract_bounds') }}
),

summed as (
    select
        funding.contract_key,
        cast(sum(funding.announced_eur) as decimal(18, 2)) as announced_eur,
        cast(sum(funding.contracted_eur) as decimal(18, 2)) as contracted_eur,
        cast(sum(funding.programmed_eur) as decimal(18, 2)) as programmed_eur,
        cast(sum(funding.committed_eur) as decimal(18, 2)) as committed_eur,
        cast(sum(funding.paid_eur) as decimal(18, 2)) as paid_eur,
        cast(sum(funding.contracted_from_draft_eur) as decimal(18, 2)) as contracted_from_draft_eur,
        cast(sum(funding.contracted_loan_eur) as decimal(18, 2)) as contracted_loan_eur,
        cast(sum(funding.unallocated_contracted_eur) as decimal(18, 2)) as unallocated_contracted_eur,
        cast(sum(funding.financial_line_count) as bigint) as financial_line_count
    from funding
    group by funding.contract_key
),

bounded as (
    select
        contract_code,
        max(case when stage = 'contracted' then low_eur end) as contracted_low_eur,
        max(case when stage = 'contracted' then high_eur end) as contracted_high_eur,
        max(case when stage = 'programmed' then low_eur end) as programmed_low_eur,
        max(case when stage = 'programmed' then high_eur end) as programmed_high_eur,
        max(case when stage = 'committed' then low_eur end) as committed_low_eur,
        max(case when stage = 'committed' then high_eur end) as committed_high_eur,
        max(case when stage = 'paid' then low_eur end) as paid_low_eur,
        max(case when stage = 'paid' then high_eur end) as paid_high_eur
    from bounds
    group by contract_code
),

final as (
    select
        contracts.contract_key,
        contracts.label_fr as contract_label_fr,
        contracts.contract_type_code,
        contracts.contract_type_label_fr,
        contracts.contract_family,
        contracts.territory_key,
        contracts.signed_on,
        contracts.period_start_year,
        contracts.period_end_year,
        summed.announced_eur,
        summed.contracted_eur,
        summed.programmed_eur,
        summed.committed_eur,
        summed.paid_eur,
        summed.contracted_from_draft_eur,
        summed.contracted_loan_eur,
        summed.unallocated_contracted_eur,
        coalesce(summed.financial_line_count, 0) as financial_line_count,
        bounded.contracted_low_eur,
        bounded.contracted_high_eur,
        {{ rate_percent('summed.programmed_eur', 'summed.contracted_eur') }} as programming_rate_percent,
        {{ rate_percent('bounded.programmed_low_eur', 'bounded.contracted_high_eur') }} as programming_rate_low_percent,
        {{ rate_percent('bounded.programmed_high_eur', 'bounded.contracted_low_eur') }} as programming_rate_high_percent,
        {{ rate_percent('summed.committed_eur', 'summed.contracted_eur') }} as commitment_rate_percent,
        {{ rate_percent('bounded.committed_low_eur', 'bounded.contracted_high_eur') }} as commitment_rate_low_percent,
        {{ rate_percent('bounded.committed_high_eur', 'bounded.contracted_low_eur') }} as commitment_rate_high_percent,
        {{ rate_percent('summed.paid_eur', 'summed.contracted_eur') }} as payment_rate_percent,
        {{ rate_percent('bounded.paid_low_eur', 'bounded.contracted_high_eur') }} as payment_rate_low_percent,
        {{ rate_percent('bounded.paid_high_eur', 'bounded.contracted_low_eur') }} as payment_rate_high_percent
    from contracts
    left join summed on contracts.contract_key = summed.contract_key
    left join bounded on contracts.contract_key = bounded.contract_code
    where contracts.contract_key <> 'unspecified'
)

select * from final
