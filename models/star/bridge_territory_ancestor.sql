-- depends_on: {{ ref('int_seeds_checked') }}
with recursive territories as (
    select * from {{ ref('stg_contracts__territories') }}
),

members as (
    select * from {{ ref('stg_contracts__territory_members') }}
),

-- a territory lies in its parent; a perimeter also lies in the parents of its members
links as (
    select
        territory_code,
        parent_territory_code
    from territories
    where parent_territory_code is not null

    union

    select
        members.territory_code,
        territories.parent_territory_code
    from members
    inner join territories on members.member_territory_code = territories.territory_code
    where territories.parent_territory_code is not null
),

climbs as (
    select
        territory_code,
        territory_code as ancestor_code,
        0 as distance
    from territories

    union

    select
        climbs.territory_code,
        links.parent_territory_code as ancestor_code,
        climbs.distance + 1 as distance
    from climbs
    inner join links on climbs.ancestor_code = links.territory_code
    where climbs.distance < 10
),

final as (
    select
        climbs.territory_code as territory_key,
        climbs.ancestor_code as ancestor_territory_key,
        territories.territory_type_code as ancestor_type_code,
        cast(min(climbs.distance) as integer) as distance
    from climbs
    inner join territories on climbs.ancestor_code = territories.territory_code
    group by climbs.territory_code, climbs.ancestor_code, territories.territory_type_code
)

select * from final
