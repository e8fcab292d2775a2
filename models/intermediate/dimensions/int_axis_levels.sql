with axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

{{ climbs('axes', 'axis_code', 'parent_axis_code') }},

reached as (
    select
        axis_code as start_code,
        axis_code as reached_code
    from axes
    union all
    select
        start_code,
        reached_code
    from climbs
)

select
    reached.start_code as axis_code,
    max(case when above.level = 1 then above.axis_code end) as level_1_code,
    max(case when above.level = 1 then above.label_fr end) as level_1_label_fr,
    max(case when above.level = 2 then above.label_fr end) as level_2_label_fr,
    max(case when above.level = 3 then above.label_fr end) as level_3_label_fr,
    max(case when above.level = 4 then above.label_fr end) as level_4_label_fr
from reached
inner join axes as above on reached.reached_code = above.axis_code
group by reached.start_code
