-- depends_on: {{ ref('ways_told') }}
{% for table in landing_tables() if not execute or row_rules(table).upwards -%}
    {{ rows_told_of_their_way(table) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
