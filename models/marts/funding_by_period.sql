with funding as (
    select * from {{ ref('fct_funding') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

periods as (
    select * from {{ ref('dim_period') }}
),

final as (
    select
        funding.contract_key,
        contracts.label_fr as contract_label_fr,
        funding.period_key,
        periods.label_fr as period_label_fr,
        periods.period_start_year,
        periods.period_end_year,
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
    inner join contracts on funding.contract_key = contracts.contract_key
    inner join periods on funding.period_key = periods.period_key
    group by
        funding.contract_key,
        contracts.label_fr,
        funding.period_key,
        periods.label_fr,
        periods.period_start_year,
        periods.period_end_year
)

select * from final
