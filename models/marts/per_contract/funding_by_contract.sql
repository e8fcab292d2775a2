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

progress as (
    select * from {{ ref('int_contract_progress') }}
),

summed as (
    select
        funding.contract_key,
        {{ measure_sums() }}
    from funding
    group by funding.contract_key
),

contracted_bounds as (
    select
        contract_code,
        low_eur as contracted_low_eur,
        high_eur as contracted_high_eur
    from bounds
    where stage = 'contracted'
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
        summed.contracted_yearly_eur,
        summed.unallocated_contracted_eur,
        coalesce(summed.financial_line_count, 0) as financial_line_count,
        contracted_bounds.contracted_low_eur,
        contracted_bounds.contracted_high_eur,
        {{ rate_percent('progress.programmed_eur', 'progress.contracted_eur') }} as programming_rate_percent,
        {{ rate_percent('progress.programmed_low_eur', 'contracted_bounds.contracted_high_eur') }} as programming_rate_low_percent,
        {{ rate_percent('progress.programmed_high_eur', 'contracted_bounds.contracted_low_eur') }} as programming_rate_high_percent,
        {{ rate_percent('progress.committed_eur', 'progress.contracted_eur') }} as commitment_rate_percent,
        {{ rate_percent('progress.committed_low_eur', 'contracted_bounds.contracted_high_eur') }} as commitment_rate_low_percent,
        {{ rate_percent('progress.committed_high_eur', 'contracted_bounds.contracted_low_eur') }} as commitment_rate_high_percent,
        {{ rate_percent('progress.paid_eur', 'progress.contracted_eur') }} as payment_rate_percent,
        {{ rate_percent('progress.paid_low_eur', 'contracted_bounds.contracted_high_eur') }} as payment_rate_low_percent,
        {{ rate_percent('progress.paid_high_eur', 'contracted_bounds.contracted_low_eur') }} as payment_rate_high_percent,
        {{ rate_caveat('progress', '', 'summed') }} as rate_caveat
    from contracts
    left join summed on contracts.contract_key = summed.contract_key
    left join contracted_bounds on contracts.contract_key = contracted_bounds.contract_code
    left join progress on contracts.contract_key = progress.contract_code
    where contracts.contract_key <> 'unspecified'
)

select * from final
