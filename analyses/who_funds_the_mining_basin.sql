-- Who funds the renewal plan of the mining basin?
-- One row per funder of the plan and stage columns that are never added together. "Non précisé" is money whose funder no document names.
-- The State's 100 million for dwellings is also printed as 10 million a year for ten years; it is counted once.
-- The 4.5 million of the DIRECCTE is one year: the document says "a year" and not for how many. Null: a funder named without an amount,
-- or with none at this stage.
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
