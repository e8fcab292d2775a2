-- The sum of every contract at each stage. Bounds are not added across contracts.
with counts as (
    select
        max(counted_value) filter (where count_code = 'instruments') as contract_count,
        max(counted_value) filter (where count_code = 'instruments_with_money') as contract_with_money_count,
        max(counted_value) filter (where count_code = 'instruments_with_content') as contract_with_content_count,
        max(counted_value) filter (where count_code = 'instruments_only_named') as contract_only_named_count,
        max(counted_value) filter (where count_code = 'figures_of_lines') as citation_count
    from quality.printed_counts
)

select
    '*' as contract_key,
    sum(announced_eur) as announced_eur,
    sum(contracted_eur) as contracted_eur,
    sum(programmed_eur) as programmed_eur,
    sum(committed_eur) as committed_eur,
    sum(paid_eur) as paid_eur,
    sum(contracted_from_draft_eur) as contracted_from_draft_eur,
    sum(contracted_loan_eur) as contracted_loan_eur,
    sum(unallocated_contracted_eur) as unallocated_contracted_eur,
    any_value(counts.contract_count) as contract_count,
    any_value(counts.contract_with_money_count) as contract_with_money_count,
    any_value(counts.contract_with_content_count) as contract_with_content_count,
    any_value(counts.contract_only_named_count) as contract_only_named_count,
    any_value(counts.citation_count) as citation_count,
    count(contracted_eur) as contracted_count,
    count(*) filter (where contracted_eur is not null and contracted_high_eur is null) as no_upper_bound_count
from marts.funding_by_contract as funding
cross join counts
