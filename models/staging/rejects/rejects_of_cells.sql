{% for table in landing_tables() + vocabulary_tables() %}
    {{ broken_cells(table) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
