with kept as (
    select distinct territory_code from {{ ref('int_territory_ancestors') }}
),

territories as (
    select all_territories.*
    from {{ ref('stg_contracts__all_territories') }} as all_territories
    inner join kept on all_territories.territory_code = kept.territory_code
),

members as (
    select * from {{ ref('stg_contracts__territory_members') }}
),

communes as (
    select * from {{ ref('stg_official__territories') }}
    where territory_type_code = 'commune' and successor_code is null
),

-- each commune under the codes of the kinds of territory that it lies in
levels as (
    select
        official_code as commune_code,
        population,
        'commune' as territory_type_code,
        official_code as holder_code
    from communes
    union all
    select
        official_code as commune_code,
        population,
        'epci' as territory_type_code,
        epci_code as holder_code
    from communes
    union all
    select
        official_code as commune_code,
        population,
        'departement' as territory_type_code,
        departement_code as holder_code
    from communes
    union all
    select
        official_code as commune_code,
        population,
        'region' as territory_type_code,
        region_code as holder_code
    from communes
    union all
    select
        official_code as commune_code,
        population,
        'country' as territory_type_code,
        'FR' as holder_code
    from communes
),

official as (
    select
        territories.territory_code,
        levels.commune_code,
        levels.population
    from levels
    inner join territories
        on levels.territory_type_code = territories.territory_type_code and levels.holder_code = territories.official_code
),

-- a perimeter is known by communes only where all its members are
listed as (
    select
        members.territory_code,
        official.commune_code,
        official.population
    from members
    inner join territories on members.territory_code = territories.territory_code
    inner join official on members.member_territory_code = official.territory_code
    where territories.members_basis is distinct from 'incomplete'
),

unlisted as (
    select distinct members.territory_code
    from members
    left join official on members.member_territory_code = official.territory_code
    where official.territory_code is null
),

perimeters as (
    select distinct
        listed.territory_code,
        listed.commune_code,
        listed.population
    from listed
    left join unlisted on listed.territory_code = unlisted.territory_code
    where unlisted.territory_code is null
),

final as (
    select * from official
    union all
    select * from perimeters
)

select * from final
