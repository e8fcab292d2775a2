with funding as (
    select * from {{ ref('fct_funding') }}
    {{ only_changed_contracts('contract_key') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
),

summed as (
    select
        contract_key,
        funder_key,
        {{ measure_sums() }}
    from funding
    group by contract_key, funder_key
),

final as (
    select
        summed.contract_key,
        contracts.label_fr as contract_label_fr,
        summed.funder_key,
        partners.label_fr as funder_label_fr,
        partners.partner_type_code as funder_type_code,
        partners.root_partner_code as root_funder_key,
        partners.root_partner_label_fr as root_funder_label_fr,
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
    inner join partners on summed.funder_key = partners.partner_key
)

select * from final
