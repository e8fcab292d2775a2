{#-
  A parent column never leads back to its own row, nor further up than 16 rows, which is how far the models climb.
  Returns the codes that stand on a loop or above rows that are too deep.
  code: key column. parent: column that holds the key of the row above. changed: of a large table, column, in_model (ref) and field that hold
  the rows which a build works on. changed_rows: model (ref) that holds those rows themselves, when there is one.
-#}
{% test no_loop(model, code, parent, changed=none, changed_rows=none) %}
{%- set is_changed = changed.column ~ ' in (select ' ~ changed.field ~ ' from ' ~ changed.in_model ~ ')' if changed else 'true' %}
with changed as (
    select distinct
        {{ code }},
        {{ parent }}
    from {{ changed_rows or model }}
    where {{ is_changed }} and {{ parent }} is not null
),

-- rows with rows below: a loop has no others, and the way up from the rows below is one step longer
links as (
    select * from changed
    where {{ code }} in (select {{ parent }} from changed)
),

{{ climbs('links', code, parent) }},

looping as (
    select distinct start_code from climbs
    where start_code = reached_code
),

deep as (
    select distinct climbs.start_code
    from climbs
    left join looping on climbs.reached_code = looping.start_code
    where climbs.distance = 16 and looping.start_code is null
)

select
    '{{ model.identifier | replace('stg_contracts__', '') }}' as table_name,
    start_code as row_key,
    '{{ parent }}' as column_name,
    'leads back to the row itself' as rule
from looping
union all
select
    '{{ model.identifier | replace('stg_contracts__', '') }}' as table_name,
    start_code as row_key,
    '{{ parent }}' as column_name,
    'rows below it lead further up than 16 rows, or to a loop' as rule
from deep
{% endtest %}
