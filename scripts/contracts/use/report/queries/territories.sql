-- Territories, as declared; per inhabitant counts all money inside them. Contract * stands for all contracts.
with inside as (
    select
        coalesce(funding.contract_key, '*') as contract_key,
        ancestors.ancestor_territory_key as territory_key,
        sum(funding.contracted_eur) as contracted_eur
    from star.fct_funding as funding
    inner join star.bridge_territory_ancestor as ancestors on funding.territory_key = ancestors.territory_key
    where ancestors.is_whole and funding.territory_relation is distinct from 'wider'
    group by grouping sets ((funding.contract_key, ancestors.ancestor_territory_key), (ancestors.ancestor_territory_key))
),

declared as (
    select
        coalesce(contract_key, '*') as contract_key,
        territory_key,
        any_value(territory_label_fr) as territory_label_fr,
        any_value(official_code) as official_code,
        any_value(departement_label_fr) as departement_label_fr,
        any_value(population) as population,
        sum(announced_eur) as announced_eur,
        sum(contracted_eur) as contracted_eur,
        sum(programmed_eur) as programmed_eur,
        sum(committed_eur) as committed_eur,
        sum(paid_eur) as paid_eur
    from marts.funding_by_territory
    group by grouping sets ((contract_key, territory_key), (territory_key))
)

select
    declared.contract_key,
    declared.territory_key,
    declared.territory_label_fr,
    territories.territory_type_label_fr,
    territories.territory_type_label_en,
    declared.official_code,
    declared.departement_label_fr,
    declared.population,
    declared.announced_eur,
    declared.contracted_eur,
    declared.programmed_eur,
    declared.committed_eur,
    declared.paid_eur,
    cast(round(inside.contracted_eur / declared.population, 2) as decimal(18, 2)) as contracted_eur_per_inhabitant
from declared
left join star.dim_territory as territories on declared.territory_key = territories.territory_key
left join inside on declared.contract_key = inside.contract_key and declared.territory_key = inside.territory_key
order by
    declared.contracted_eur desc nulls last,
    declared.committed_eur desc nulls last,
    declared.announced_eur desc nulls last,
    declared.territory_label_fr
