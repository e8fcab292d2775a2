{{ config(materialized='view') }}

{% for table in landing_tables() if not execute or row_rules(table).references -%}
    {{ landed_references(table) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
