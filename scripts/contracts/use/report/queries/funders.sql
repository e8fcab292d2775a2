-- Funders, as declared: a printed group stays a group. Contract * stands for all contracts.
select
    coalesce(funding.contract_key, '*') as contract_key,
    funding.funder_key,
    any_value(funding.funder_label_fr) as funder_label_fr,
    any_value(partners.partner_type_label_fr) as funder_type_label_fr,
    any_value(partners.partner_type_label_en) as funder_type_label_en,
    sum(columns('_eur$')),
    sum(funding.financial_line_count) as financial_line_count
from marts.funding_by_partner as funding
inner join star.dim_partner as partners on funding.funder_key = partners.partner_key
group by grouping sets ((funding.contract_key, funding.funder_key), (funding.funder_key))
order by contracted_eur desc nulls last, committed_eur desc nulls last, announced_eur desc nulls last, funder_label_fr asc
