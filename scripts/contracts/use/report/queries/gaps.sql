-- What the documents do not print, and which partners of the contract could supply it.
with partners as (
    select
        signatories.contract_key,
        string_agg(distinct partners.label_fr, ', ' order by partners.label_fr) as who_fr
    from star.bridge_contract_signatory as signatories
    inner join star.dim_partner as partners on signatories.partner_key = partners.partner_key
    where signatories.role in ('signatory', 'funder', 'pilot')
    group by signatories.contract_key
),

gaps as (
    select
        contract_key,
        'breakdown' as gap,
        'unallocated_contracted_eur' as measure,
        unallocated_contracted_eur as amount_eur
    from marts.funding_by_contract
    where unallocated_contracted_eur > 0

    union all

    select
        contract_key,
        'signed_text' as gap,
        'contracted_from_draft_eur' as measure,
        contracted_from_draft_eur as amount_eur
    from marts.funding_by_contract
    where contracted_from_draft_eur > 0

    union all

    select
        contract_key,
        'progress' as gap,
        'contracted_eur' as measure,
        contracted_eur as amount_eur
    from marts.funding_by_contract
    where contracted_eur > 0 and coalesce(programmed_eur, committed_eur, paid_eur) is null

    union all

    select
        contract_key,
        'contracted_gap' as gap,
        case
            when committed_eur is not null then 'committed_eur'
            when programmed_eur is not null then 'programmed_eur'
            when paid_eur is not null then 'paid_eur'
            else 'announced_eur'
        end as measure,
        coalesce(committed_eur, programmed_eur, paid_eur, announced_eur) as amount_eur
    from marts.funding_by_contract
    where contracted_eur is null and financial_line_count > 0 and contract_family <> 'pledge_programme'

    union all

    select
        contract_key,
        'upper_bound' as gap,
        'contracted_eur' as measure,
        contracted_eur as amount_eur
    from marts.funding_by_contract
    where contracted_eur is not null and contracted_high_eur is null

    union all

    select
        contract_key,
        'period' as gap,
        'contracted_eur' as measure,
        contracted_eur as amount_eur
    from marts.funding_by_contract
    where contracted_eur is not null and (period_start_year is null or period_end_year is null)
)

select
    gaps.contract_key,
    contracts.label_fr as contract_label_fr,
    gaps.gap,
    gaps.measure,
    gaps.amount_eur,
    partners.who_fr
from gaps
inner join star.dim_contract as contracts on gaps.contract_key = contracts.contract_key
left join partners on gaps.contract_key = partners.contract_key
order by gaps.amount_eur desc nulls last, contracts.label_fr asc, gaps.gap asc
