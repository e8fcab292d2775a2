-- The sum of every contract at each stage. Bounds are not added across contracts.
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
    count(*) as contract_count,
    count(*) filter (where financial_line_count > 0) as contract_with_lines_count,
    count(contracted_eur) as contracted_count,
    count(*) filter (where contracted_eur is not null and contracted_high_eur is null) as no_upper_bound_count
from marts.funding_by_contract
