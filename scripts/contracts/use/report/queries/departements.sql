-- An estimate: money of a territory that straddles départements, spread by inhabitants. Contract * stands for all contracts.
select
    coalesce(contract_key, '*') as contract_key,
    departement_key,
    any_value(departement_code) as departement_code,
    any_value(departement_label_fr) as departement_label_fr,
    any_value(population) as population,
    any_value(population_year) as population_year,
    sum(columns('_eur$')),
    cast(round(sum(columns('^[a-z]+_eur$')) / any_value(population), 2) as decimal(18, 2)) as '\0_per_inhabitant'
from marts.funding_by_departement_estimated
group by grouping sets ((contract_key, departement_key), (departement_key))
order by contracted_eur desc nulls last, departement_key asc
