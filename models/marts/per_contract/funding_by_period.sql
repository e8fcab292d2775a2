with funding as (
    select * from {{ ref('fct_funding') }}
    {{ only_changed_contracts('contract_key') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

periods as (
    select * from {{ ref('dim_period') }}
),

summed as (
    select
        contract_key,
        period_key,
        {{ measure_sums() }}
    from funding
    group by contract_key, period_key
),

final as (
    select
        summed.contract_key,
        contracts.label_fr as contract_label_fr,
        summed.period_key,
        periods.label_fr as period_label_fr,
        periods.period_start_year,
        periods.period_end_year,
        summed.announced_eur,
        summed.contracted_eur,
        summed.programmed_eur,
        summed.committed_eur,
        summed.paid_eur,
        summed.contracted_from_draft_eur,
        summed.contracted_loan_eur,
        summed.contracted_yearly_eur,
        summed.unallocated_contracted_eur,
        summed.financial_line_count
    from summed
    inner join contracts on summed.contract_key = contracts.contract_key
    inner join periods on summed.period_key = periods.period_key
)

select * from final
