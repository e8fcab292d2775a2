{#-
  CTEs that end in `climbs`: every row reached from a row by going up, with its distance (1: the parent), up to 16 steps.
  Each step doubles the distance, so that four joins reach all; no recursion, which not every engine has. Spark reads a common table
  expression anew wherever it is named: there each step is a column of one row, and the columns become rows.
  links: CTE with one row per child and parent. child, parent: its columns, start_code and reached_code in climbs.
  keys: columns that child and parent share, such as a snapshot.
-#}
{% macro climbs(links, child, parent, keys=[]) -%}
{{ adapter.dispatch('climbs')(links, child, parent, keys) }}
{%- endmacro %}


{% macro default__climbs(links, child, parent, keys) -%}
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


{% macro spark__climbs(links, child, parent, keys) -%}
climbed as (
    select
        {% for key in keys %}step_1.{{ key }}, {% endfor -%}
        step_1.{{ child }} as start_code,
        array({% for step in range(1, 17) %}step_{{ step }}.{{ parent }}{{ ', ' if not loop.last }}{% endfor %}) as reached_codes
    from {{ links }} as step_1
    {% for step in range(2, 17) -%}
    left join {{ links }} as step_{{ step }}
        on
            step_{{ step - 1 }}.{{ parent }} = step_{{ step }}.{{ child }}
            {% for key in keys %}and step_1.{{ key }} = step_{{ step }}.{{ key }} {% endfor %}
    {% endfor %}
),

climbs as (
    select distinct
        {% for key in keys %}{{ key }}, {% endfor -%}
        start_code,
        reached_code,
        place + 1 as distance
    from climbed
    lateral view posexplode(reached_codes) as place, reached_code
    where reached_code is not null
)
{%- endmacro %}
