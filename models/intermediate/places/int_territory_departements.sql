with ancestors as (
    select * from {{ ref('int_territory_ancestors') }}
),

communes as (
    select * from {{ ref('int_territory_communes') }}
),

departements as (
    select * from {{ ref('stg_contracts__all_territories') }}
    where territory_type_code = 'departement' and is_official
),

official_communes as (
    select * from {{ ref('stg_official__territories') }}
    where territory_type_code = 'commune' and successor_code is null
),

inhabited as (
    select
        communes.territory_code,
        departements.territory_code as departement_code,
        cast(sum(communes.population) as bigint) as population
    from communes
    inner join official_communes on communes.commune_code = official_communes.official_code
    inner join departements on official_communes.departement_code = departements.official_code
    where communes.population > 0
    group by communes.territory_code, departements.territory_code
),

-- a territory that is not known by communes is spread as the smallest territory that holds it
spread as (
    select
        ancestors.territory_code,
        {{ first_by('ancestors.ancestor_code', ['ancestors.distance', 'ancestors.ancestor_code']) }} as spread_territory_code
    from ancestors
    where ancestors.is_whole and ancestors.ancestor_code in (select inhabited.territory_code from inhabited)
    group by ancestors.territory_code
),

final as (
    select
        spread.territory_code,
        inhabited.departement_code,
        inhabited.population,
        cast(sum(inhabited.population) over up_to_here as bigint) - inhabited.population as population_before,
        cast(sum(inhabited.population) over whole as bigint) as population_total,
        case
            when count(*) over whole = 1 then 'declared'
            when spread.spread_territory_code = spread.territory_code then 'by_population'
            else 'by_population_of_holder'
        end as spread_basis,
        row_number() over (
            partition by spread.territory_code
            order by inhabited.population desc, inhabited.departement_code asc
        ) = 1 as is_largest
    from spread
    inner join inhabited on spread.spread_territory_code = inhabited.territory_code
    window
        whole as (partition by spread.territory_code),
        up_to_here as (partition by spread.territory_code order by inhabited.departement_code)
)

select * from final
