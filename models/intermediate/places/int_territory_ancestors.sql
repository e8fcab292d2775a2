with territories as (
    select * from {{ ref('stg_contracts__all_territories') }}
),

links as (
    select * from {{ ref('int_territory_links') }}
),

climbs as (
    select * from {{ ref('int_territory_climbs') }}
),

-- what the seeds or a file name, and every département and région, so that maps are whole
wanted as (
    select territory_code from {{ ref('stg_contracts__territories') }}
    union
    select member_territory_code as territory_code from {{ ref('stg_contracts__territory_members') }}
    union
    select territory_code from {{ ref('stg_contracts__contracts') }}
    union
    select territory_code from {{ ref('stg_contracts__operations') }}
    union
    select territory_code from {{ ref('stg_contracts__financial_lines') }}
    union
    select territory_code from territories
    where territory_type_code in ('departement', 'region')
),

known as (
    select wanted.territory_code
    from wanted
    inner join territories on wanted.territory_code = territories.territory_code
),

reached as (
    select
        territory_code,
        territory_code as ancestor_code,
        0 as distance,
        true as is_whole
    from known
    union all
    select
        links.territory_code,
        links.holder_code as ancestor_code,
        1 as distance,
        links.is_whole
    from known
    inner join links on known.territory_code = links.territory_code
    union all
    select
        links.territory_code,
        climbs.ancestor_code,
        climbs.distance + 1 as distance,
        links.is_whole and climbs.is_whole as is_whole
    from known
    inner join links on known.territory_code = links.territory_code
    inner join climbs on links.holder_code = climbs.territory_code
),

-- and what holds them, with its own holders
holders as (
    select distinct ancestor_code as territory_code from reached
),

with_holders as (
    select * from reached
    union all
    select
        territory_code,
        territory_code as ancestor_code,
        0 as distance,
        true as is_whole
    from holders
    union all
    select climbs.*
    from holders
    inner join climbs on holders.territory_code = climbs.territory_code
),

-- a perimeter holds its members and what lies in them; nothing is said of what holds the perimeter
with_perimeters as (
    select * from with_holders
    union all
    select
        with_holders.territory_code,
        members.territory_code as ancestor_code,
        with_holders.distance + 1 as distance,
        true as is_whole
    from with_holders
    inner join {{ ref('stg_contracts__territory_members') }} as members
        on with_holders.ancestor_code = members.member_territory_code
    where with_holders.is_whole
),

final as (
    select
        territory_code,
        ancestor_code,
        cast(min(distance) as integer) as distance,
        bool_or(is_whole) as is_whole
    from with_perimeters
    group by territory_code, ancestor_code
)

select * from final
