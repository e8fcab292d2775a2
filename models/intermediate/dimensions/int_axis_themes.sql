-- depends_on: {{ ref('int_seeds_checked') }}
with recursive axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

climbs as (
    select
        axis_code,
        theme_code,
        parent_axis_code,
        0 as distance
    from axes

    union all

    select
        climbs.axis_code,
        above.theme_code,
        above.parent_axis_code,
        climbs.distance + 1 as distance
    from climbs
    inner join axes as above on climbs.parent_axis_code = above.axis_code
    where climbs.theme_code is null and climbs.distance < 20
)

select
    axis_code,
    arg_min(theme_code, distance) as theme_code
from climbs
where theme_code is not null
group by axis_code
