with ancestors as (
    select * from {{ ref('int_territory_ancestors') }}
),

territories as (
    select * from {{ ref('stg_contracts__all_territories') }}
),

communes as (
    select * from {{ ref('int_territory_communes') }}
),

-- only where a part of a territory lies in the holder
parts as (
    select
        ancestors.territory_code,
        ancestors.ancestor_code,
        sum(communes.population) as population,
        coalesce(sum(communes.population) filter (where inside.commune_code is not null), 0) as population_inside
    from ancestors
    inner join communes on ancestors.territory_code = communes.territory_code
    left join communes as inside
        on ancestors.ancestor_code = inside.territory_code and communes.commune_code = inside.commune_code
    where not ancestors.is_whole
    group by ancestors.territory_code, ancestors.ancestor_code
),

final as (
    select
        ancestors.territory_code as territory_key,
        ancestors.ancestor_code as ancestor_territory_key,
        territories.territory_type_code as ancestor_type_code,
        ancestors.distance,
        ancestors.is_whole,
        cast(
            case when ancestors.is_whole then 100 else round(100.0 * parts.population_inside / nullif(parts.population, 0), 2) end
            as decimal(5, 2)
        ) as population_share_percent
    from ancestors
    inner join territories on ancestors.ancestor_code = territories.territory_code
    left join parts on ancestors.territory_code = parts.territory_code and ancestors.ancestor_code = parts.ancestor_code
)

select * from final
