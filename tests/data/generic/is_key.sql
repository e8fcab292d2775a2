{#- No two rows have the same values in the columns; a null counts as a value. Returns the values that several rows have. -#}
{% test is_key(model, columns) %}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
