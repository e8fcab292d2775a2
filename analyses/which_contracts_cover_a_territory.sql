-- Which contracts cover the mining basin and the Sambre-Avesnois-Thiérache, and how do they hang together?
-- A contract covers the territory, or has a printed relation with a contract that covers it: then it can be wider (a national family of
-- contracts) or lie inside. The Sambre-Avesnois is the part of the last territory that lies in the Nord; a contract can stand under both.
-- Contracts of the whole région (the CPER) or of one commune are left out unless related. Null amount: none is printed as contracted.
with contracts as (
    select * from {{ ref('funding_by_contract') }}
),

relations as (
    select * from {{ ref('bridge_contract_relation') }}
),

territories as (
    select * from {{ ref('dim_territory') }}
    where territory_key in ('bassin_minier', 'sambre_avesnois_thierache', 'sambre_avesnois')
),

-- every contract with itself and with those that a relation names, in both directions
pairs as (
    select
        contract_key,
        contract_key as other_key,
        'covers it' as link
    from contracts
    union all
    select
        contracts.contract_key,
        if(contracts.contract_key = relations.from_contract_key, relations.to_contract_key, relations.from_contract_key) as other_key,
        'is related' as link
    from contracts
    inner join relations on contracts.contract_key in (relations.from_contract_key, relations.to_contract_key)
),

linked as (
    select
        territories.label_fr as territory_label_fr,
        pairs.other_key as contract_key,
        min(pairs.link) as link
    from territories
    inner join contracts on territories.territory_key = contracts.territory_key
    inner join pairs on contracts.contract_key = pairs.contract_key
    group by territories.label_fr, pairs.other_key
)

select
    linked.territory_label_fr,
    linked.link,
    contracts.contract_label_fr,
    contracts.contract_type_label_fr,
    contracts.signed_on,
    contracts.period_start_year,
    contracts.period_end_year,
    contracts.contracted_eur,
    string_agg(relations.relation || ': ' || above.contract_label_fr, ' · ' order by above.contract_label_fr) as printed_relations
from linked
inner join contracts on linked.contract_key = contracts.contract_key
left join relations on linked.contract_key = relations.from_contract_key
left join contracts as above on relations.to_contract_key = above.contract_key
group by all
order by linked.territory_label_fr asc, linked.link asc, contracts.contracted_eur desc nulls last, contracts.contract_label_fr asc
