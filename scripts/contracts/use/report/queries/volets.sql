-- Volets: the first level of each contract's own outline.
select
    contract_key,
    contract_label_fr,
    volet_key,
    volet_label_fr,
    volet_level_label_fr,
    columns('_eur$')
from marts.funding_by_volet
where financial_line_count > 0 or unallocated_contracted_eur is not null
order by contract_label_fr, volet_position nulls last, volet_label_fr
