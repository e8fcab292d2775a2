{#-
  CTEs that end in `climbs`: every row reached from a row by going up, with its distance (1: the parent), up to 16 steps.
  Each step doubles the distance, so that four joins reach all; no recursion, which not every engine has.
  links: CTE with one row per child and parent. child, parent: its columns, start_code and reached_code in climbs.
  keys: columns that child and parent share, such as a snapshot.
-#}
{% macro climbs(links, child, parent, keys=[]) -%}
climbs_1 as (
    select
        {% for key in keys %}{{ key }}, {% endfor -%}
        {{ child }} as start_code,
        {{ parent }} as reached_code,
        1 as distance
    from {{ links }}
    where {{ parent }} is not null
),

{% for reach in [1, 2, 4, 8] -%}
climbs_{{ 2 * reach }} as (
    select * from climbs_{{ reach }}
    union all
    select
        {% for key in keys %}near.{{ key }}, {% endfor -%}
        near.start_code,
        far.reached_code,
        near.distance + far.distance as distance
    from climbs_{{ reach }} as near
    inner join climbs_{{ reach }} as far
        on
            near.reached_code = far.start_code
            {% for key in keys %}and near.{{ key }} = far.{{ key }} {% endfor %}
    where near.distance = {{ reach }}
),

{% endfor -%}
climbs as (
    select * from climbs_16
)
{%- endmacro %}
