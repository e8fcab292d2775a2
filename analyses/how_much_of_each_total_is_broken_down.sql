-- How much of each contract's declared total do the documents break down?
-- Broken down: the part that some document ties to a volet or to an operation. Not broken down: the rest of the total ("non ventilé").
-- The funder is another question, so the last column gives the part of the same total that names one, a printed group included; a part
-- does not take the funder of its total.
-- Only contracts that declare a total are listed, the two CPER with nothing but their total included. A zero means that no part of the
-- total is printed, not that nothing was decided: the financial annexes of the contracts are not in the documents.
with funding as (
    select * from {{ ref('fct_funding') }}
    where contracted_eur is not null
),

envelopes as (
    select * from {{ ref('fct_envelope') }}
    where line_use = 'counted' and stage_key = 'contracted'
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

contracts_with_a_total as (
    select contract_key from envelopes
    union
    select contract_key from funding
    where axis_key = 'unspecified' and operation_key = 'unspecified'
),

summed as (
    select
        contract_key,
        sum(contracted_eur) as declared_eur,
        coalesce(sum(contracted_eur) filter (where axis_key <> 'unspecified' or operation_key <> 'unspecified'), 0) as broken_down_eur,
        coalesce(sum(contracted_eur) filter (where funder_key <> 'unspecified'), 0) as funder_named_eur
    from funding
    group by contract_key
)

select
    contracts.label_fr as contract_label_fr,
    summed.declared_eur,
    summed.broken_down_eur,
    summed.declared_eur - summed.broken_down_eur as not_broken_down_eur,
    {{ rate_percent('summed.broken_down_eur', 'summed.declared_eur') }} as broken_down_percent,
    {{ rate_percent('summed.funder_named_eur', 'summed.declared_eur') }} as funder_named_percent
from summed
inner join contracts_with_a_total on summed.contract_key = contracts_with_a_total.contract_key
inner join contracts on summed.contract_key = contracts.contract_key
order by summed.declared_eur desc, contracts.contract_key asc
