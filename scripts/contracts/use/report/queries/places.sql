-- Territories below the région that hold money of their own, with the départements that they lie in.
select
    territories.territory_key,
    departements.official_code as departement_code,
    ancestors.population_share_percent
from (select distinct territory_key from marts.funding_by_territory) as territories
inner join star.dim_territory as own on territories.territory_key = own.territory_key
inner join star.bridge_territory_ancestor as ancestors on territories.territory_key = ancestors.territory_key
inner join star.dim_territory as departements on ancestors.ancestor_territory_key = departements.territory_key
where
    ancestors.ancestor_type_code = 'departement'
    and own.territory_type_code in ('perimeter', 'epci', 'commune', 'neighbourhood')
order by territories.territory_key, departements.official_code
