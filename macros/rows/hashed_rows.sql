{#- SQL of all rows of a table, as text, with the hash that tells whether a row is another one. -#}
{% macro hashed_rows(table) -%}
    {%- set columns = table_columns(table) | join(', ') or 'none' %}
    select *, hash({{ columns }}, 'seed') as row_hash from {{ ref(table) }}
    {%- if table in landing_tables() %}
    union all
    select {{ columns }}, row_hash from {{ source('landing', table) }}
    {%- endif %}
{%- endmacro %}
