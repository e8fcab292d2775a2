with territories as (
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

known as (
    select wanted.territory_code
    from wanted
    inner join territories on wanted.territory_code = territories.territory_code
),

-- the way up from what is wanted; most communes hold nothing and are not wanted
useful as (
    select territory_code from known
    union
    select holder_code as territory_code from links
),

-- once for any way up, and once for the ways on which each lies in the next as a whole
ways as (
    select
        links.territory_code,
        links.holder_code,
        false as is_whole
    from links
    inner join useful on links.territory_code = useful.territory_code
    union all
    select
        links.territory_code,
        links.holder_code,
        true as is_whole
    from links
    inner join useful on links.territory_code = useful.territory_code
    where links.is_whole
),

{{ climbs('ways', 'territory_code', 'holder_code', keys=['is_whole']) }},

-- what is wanted, with all that hold it
kept as (
    select territory_code from known
    union
    select climbs.reached_code as territory_code
    from climbs
    inner join known on climbs.start_code = known.territory_code
),

reached as (
    select
        territory_code,
        territory_code as ancestor_code,
        0 as distance,
        true as is_whole
    from kept
    union all
    select
        kept.territory_code,
        climbs.reached_code as ancestor_code,
        climbs.distance,
        climbs.is_whole
    from kept
    inner join climbs on kept.territory_code = climbs.start_code
),

final as (
    select
        territory_code,
        ancestor_code,
        cast(min(distance) as integer) as distance,
        bool_or(is_whole) as is_whole
    from reached
    group by territory_code, ancestor_code
)

select * from final
