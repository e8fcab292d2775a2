with funding_years as (
    select * from {{ ref('int_funding_years') }}
),

funding as (
    select * from {{ ref('fct_funding') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

final as (
    select
        funding.contract_key,
        contracts.label_fr as contract_label_fr,
        coalesce(cast(funding_years.calendar_year as {{ dbt.type_string() }}), 'unspecified') as year_key,
        cast(funding_years.calendar_year as integer) as calendar_year,
        cast(sum(funding_years.announced_eur) as decimal(18, 2)) as announced_eur,
        cast(sum(funding_years.contracted_eur) as decimal(18, 2)) as contracted_eur,
        cast(sum(funding_years.programmed_eur) as decimal(18, 2)) as programmed_eur,
        cast(sum(funding_years.committed_eur) as decimal(18, 2)) as committed_eur,
        cast(sum(funding_years.paid_eur) as decimal(18, 2)) as paid_eur,
        cast(sum(funding_years.contracted_from_draft_eur) as decimal(18, 2)) as contracted_from_draft_eur,
        cast(sum(funding_years.contracted_loan_eur) as decimal(18, 2)) as contracted_loan_eur,
        cast(sum(funding_years.unallocated_contracted_eur) as decimal(18, 2)) as unallocated_contracted_eur,
        cast(sum(funding_years.financial_line_count) as bigint) as financial_line_count
    from funding_years
    inner join funding on funding_years.funding_row_key = funding.funding_row_key
    inner join contracts on funding.contract_key = contracts.contract_key
    group by funding.contract_key, contracts.label_fr, funding_years.calendar_year
)

select * from final
