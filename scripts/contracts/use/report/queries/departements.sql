-- An estimate: money of a territory that straddles départements, spread by inhabitants. Contract * stands for all contracts.
select
    coalesce(contract_key, '*') as contract_key,
    departement_key,
    any_value(departement_code) as departement_code,
    any_value(departement_label_fr) as departement_label_fr,
    any_value(population) as population,
    any_value(population_year) as population_year,
    sum(announced_eur) as announced_eur,
    sum(contracted_eur) as contracted_eur,
    sum(programmed_eur) as programmed_eur,
    sum(committed_eur) as committed_eur,
    sum(paid_eur) as paid_eur,
    cast(round(sum(announced_eur) / any_value(population), 2) as decimal(18, 2)) as announced_eur_per_inhabitant,
    cast(round(sum(contracted_eur) / any_value(population), 2) as decimal(18, 2)) as contracted_eur_per_inhabitant,
    cast(round(sum(programmed_eur) / any_value(population), 2) as decimal(18, 2)) as programmed_eur_per_inhabitant,
    cast(round(sum(committed_eur) / any_value(population), 2) as decimal(18, 2)) as committed_eur_per_inhabitant,
    cast(round(sum(paid_eur) / any_value(population), 2) as decimal(18, 2)) as paid_eur_per_inhabitant
from marts.funding_by_departement_estimated
group by grouping sets ((contract_key, departement_key), (departement_key))
order by contracted_eur desc nulls last, departement_key asc
