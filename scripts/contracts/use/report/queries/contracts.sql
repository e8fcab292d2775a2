-- One row per contract, with or without amounts.
with history as (
    select distinct
        line_code,
        contract_key
    from quality.line_history
),

citations as (
    select
        history.contract_key,
        count(distinct citations.mention_code) as citation_count
    from quality.figure_citations as citations
    inner join history on citations.subject_code = history.line_code
    where citations.subject_type = 'financial_line'
    group by history.contract_key
)

select
    funding.contract_key,
    funding.contract_label_fr,
    funding.contract_type_label_fr,
    contracts.contract_type_label_en,
    territories.label_fr as territory_label_fr,
    funding.signed_on,
    funding.period_start_year,
    funding.period_end_year,
    funding.announced_eur,
    funding.contracted_eur,
    funding.contracted_low_eur,
    funding.contracted_high_eur,
    funding.programmed_eur,
    funding.committed_eur,
    funding.paid_eur,
    funding.contracted_from_draft_eur,
    funding.contracted_loan_eur,
    funding.unallocated_contracted_eur,
    funding.programming_rate_percent,
    funding.programming_rate_low_percent,
    funding.programming_rate_high_percent,
    funding.commitment_rate_percent,
    funding.commitment_rate_low_percent,
    funding.commitment_rate_high_percent,
    funding.payment_rate_percent,
    funding.payment_rate_low_percent,
    funding.payment_rate_high_percent,
    funding.financial_line_count,
    coalesce(citations.citation_count, 0) as citation_count,
    documents.title as document_title,
    contracts.line_number
from marts.funding_by_contract as funding
inner join star.dim_contract as contracts on funding.contract_key = contracts.contract_key
left join
    star.dim_territory as territories
    on funding.territory_key = territories.territory_key and funding.territory_key <> 'unspecified'
left join
    star.dim_document as documents
    on contracts.document_key = documents.document_key and contracts.document_key <> 'unspecified'
left join citations on funding.contract_key = citations.contract_key
order by
    funding.contracted_eur desc nulls last,
    coalesce(funding.committed_eur, funding.announced_eur, funding.programmed_eur) desc nulls last,
    funding.contract_label_fr
