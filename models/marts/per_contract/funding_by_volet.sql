with funding as (
    select * from {{ ref('fct_funding') }}
    {{ only_changed_contracts('contract_key') }}
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

summed as (
    select
        funding.contract_key,
        axes.volet_key,
        {{ measure_sums() }}
    from funding
    inner join axes on funding.axis_key = axes.axis_key
    group by funding.contract_key, axes.volet_key
),

final as (
    select
        summed.contract_key,
        contracts.label_fr as contract_label_fr,
        summed.volet_key,
        volets.label_fr as volet_label_fr,
        volets.level_label_fr as volet_level_label_fr,
        volets.position as volet_position,
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
    inner join volets on summed.volet_key = volets.axis_key
)

select * from final
