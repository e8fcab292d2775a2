with funding as (
    select * from {{ ref('fct_funding') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

themes as (
    select * from {{ ref('dim_theme') }}
),

final as (
    select
        funding.contract_key,
        contracts.label_fr as contract_label_fr,
        funding.theme_key,
        themes.label_fr as theme_label_fr,
        themes.label_en as theme_label_en,
        themes.cofog_division_code,
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
    inner join themes on funding.theme_key = themes.theme_key
    group by
        funding.contract_key,
        contracts.label_fr,
        funding.theme_key,
        themes.label_fr,
        themes.label_en,
        themes.cofog_division_code
)

select * from final
