{#-
  A parent column never leads back to its own row. Returns the codes that stand on a loop.
  code: key column. parent: column that holds the key of the row above.
-#}
{% test no_loop(model, code, parent) %}
with recursive climbs as (
    select
        {{ code }} as start_code,
        {{ parent }} as reached_code
    from {{ model }}
    where {{ parent }} is not null

    union

    select
        climbs.start_code,
        above.{{ parent }} as reached_code
    from climbs
    inner join {{ model }} as above on climbs.reached_code = above.{{ code }}
    where above.{{ parent }} is not null
)

select
    '{{ model.identifier | replace('stg_contracts__', '') }}' as table_name,
    start_code as row_key,
    '{{ parent }}' as column_name,
    'leads back to the row itself' as rule
from climbs
where start_code = reached_code
{% endtest %}
