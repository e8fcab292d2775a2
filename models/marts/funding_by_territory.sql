with funding as (
    select * from {{ ref('fct_funding') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

territories as (
    select * from {{ ref('dim_territory') }}
),

final as (
    select
        funding.contract_key,
        contracts.label_fr as contract_label_fr,
        funding.territory_key,
        territories.label_fr as territory_label_fr,
        territories.territory_type_code,
        territories.official_code,
        territories.departement_label_fr,
        territories.region_label_fr,
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
    inner join territories on funding.territory_key = territories.territory_key
    group by
        funding.contract_key,
        contracts.label_fr,
        funding.territory_key,
        territories.label_fr,
        territories.territory_type_code,
        territories.official_code,
        territories.departement_label_fr,
        territories.region_label_fr
)

select * from final
