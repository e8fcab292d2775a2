-- an axis without a theme has that of the nearest axis above it
with axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

{{ climbs('axes', 'axis_code', 'parent_axis_code') }},

themed as (
    select
        axis_code,
        theme_code,
        0 as distance
    from axes
    union all
    select
        climbs.start_code as axis_code,
        above.theme_code,
        climbs.distance
    from climbs
    inner join axes as above on climbs.reached_code = above.axis_code
)

select
    axis_code,
    {{ first_by('theme_code', ['distance']) }} as theme_code
from themed
where theme_code is not null
group by axis_code
