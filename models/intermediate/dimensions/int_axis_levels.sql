-- depends_on: {{ ref('int_seeds_checked') }}
with recursive axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

climbs as (
    select
        axis_code,
        axis_code as reached_axis_code
    from axes

    union

    select
        climbs.axis_code,
        axes.parent_axis_code as reached_axis_code
    from climbs
    inner join axes on climbs.reached_axis_code = axes.axis_code
    where axes.parent_axis_code is not null
)

select
    climbs.axis_code,
    max(case when above.level = 1 then above.axis_code end) as level_1_code,
    max(case when above.level = 1 then above.label_fr end) as level_1_label_fr,
    max(case when above.level = 2 then above.label_fr end) as level_2_label_fr,
    max(case when above.level = 3 then above.label_fr end) as level_3_label_fr,
    max(case when above.level = 4 then above.label_fr end) as level_4_label_fr
from climbs
inner join axes as above on climbs.reached_axis_code = above.axis_code
group by climbs.axis_code
