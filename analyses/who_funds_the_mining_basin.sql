-- Who funds the renewal plan of the mining basin?
-- One row per funder of the plan and stage columns that are never added together. "Not stated" is money whose funder no document names.
-- The State's 100 million for dwellings is also printed as 10 million a year for ten years; it is counted once.
with funding as (
    select * from {{ ref('funding_by_partner') }}
)

select
    funder_label_fr,
    root_funder_label_fr,
    contracted_eur,
    committed_eur,
    financial_line_count
from funding
where contract_key = 'erbm_2017_2027'
order by contracted_eur desc nulls last, committed_eur desc nulls last
