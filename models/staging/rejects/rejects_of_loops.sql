{% for table in landing_tables() if not execute or row_rules(table).upwards -%}
    {{ loops(table) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
