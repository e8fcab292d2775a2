with funding as (
    select * from {{ ref('fct_funding') }}
    {{ only_changed_contracts('contract_key') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

themes as (
    select * from {{ ref('dim_theme') }}
),

summed as (
    select
        contract_key,
        theme_key,
        {{ measure_sums() }}
    from funding
    group by contract_key, theme_key
),

final as (
    select
        summed.contract_key,
        contracts.label_fr as contract_label_fr,
        summed.theme_key,
        themes.label_fr as theme_label_fr,
        themes.label_en as theme_label_en,
        themes.cofog_division_code,
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
    inner join themes on summed.theme_key = themes.theme_key
)

select * from final
