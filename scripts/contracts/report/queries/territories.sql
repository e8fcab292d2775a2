-- Territories, as declared. Contract * stands for all contracts.
select
    coalesce(funding.contract_key, '*') as contract_key,
    funding.territory_key,
    any_value(funding.territory_label_fr) as territory_label_fr,
    any_value(territories.territory_type_label_fr) as territory_type_label_fr,
    any_value(territories.territory_type_label_en) as territory_type_label_en,
    any_value(funding.official_code) as official_code,
    any_value(funding.departement_label_fr) as departement_label_fr,
    any_value(funding.population) as population,
    sum(funding.announced_eur) as announced_eur,
    sum(funding.contracted_eur) as contracted_eur,
    sum(funding.programmed_eur) as programmed_eur,
    sum(funding.committed_eur) as committed_eur,
    sum(funding.paid_eur) as paid_eur,
    cast(round(sum(funding.contracted_eur) / any_value(funding.population), 2) as decimal(18, 2)) as contracted_eur_per_inhabitant
from marts.funding_by_territory as funding
left join star.dim_territory as territories on funding.territory_key = territories.territory_key
group by grouping sets ((funding.contract_key, funding.territory_key), (funding.territory_key))
order by contracted_eur desc nulls last, committed_eur desc nulls last, announced_eur desc nulls last, territory_label_fr asc
