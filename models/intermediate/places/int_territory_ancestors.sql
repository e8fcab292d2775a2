with recursive territories as (
    select * from {{ ref('stg_contracts__all_territories') }}
),

links as (
    select * from {{ ref('int_territory_links') }}
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

-- with all that hold them
kept as (
    select wanted.territory_code
    from wanted
    inner join territories on wanted.territory_code = territories.territory_code

    union

    select links.holder_code as territory_code
    from kept
    inner join links on kept.territory_code = links.territory_code
),

climbs as (
    select
        territory_code,
        territory_code as ancestor_code,
        0 as distance,
        true as is_whole
    from kept

    union

    select
        climbs.territory_code,
        links.holder_code as ancestor_code,
        climbs.distance + 1 as distance,
        climbs.is_whole and links.is_whole as is_whole
    from climbs
    inner join links on climbs.ancestor_code = links.territory_code
    where climbs.distance < 10
),

final as (
    select
        territory_code,
        ancestor_code,
        cast(min(distance) as integer) as distance,
        bool_or(is_whole) as is_whole
    from climbs
    group by territory_code, ancestor_code
)

select * from final
