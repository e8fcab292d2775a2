{% for table in landing_tables() + vocabulary_tables() %}
    {{ repeated_keys(table) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
