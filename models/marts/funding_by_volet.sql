with funding as (
    select * from {{ ref('fct_funding') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

axes as (
    select * from {{ ref('dim_axis') }}
),

volets as (
    select * from {{ ref('dim_axis') }}
),

final as (
    select
        funding.contract_key,
        contracts.label_fr as contract_label_fr,
        axes.volet_key,
        axes.volet_label_fr,
        volets.level_label_fr as volet_level_label_fr,
        volets.position as volet_position,
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
    inner join axes on funding.axis_key = axes.axis_key
    inner join volets on axes.volet_key = volets.axis_key
    group by
        funding.contract_key,
        contracts.label_fr,
        axes.volet_key,
        axes.volet_label_fr,
        volets.level_label_fr,
        volets.position
)

select * from final
