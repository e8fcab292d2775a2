{#-
  Rows of a seed with those that users put into landing/; a seed's rows have no landing_file. Columns pair by name.
  seed: name of the seed and of its landing table.
-#}
{% macro seed_and_landing(seed) -%}
{%- set columns = graph.nodes['seed.' ~ project_name ~ '.' ~ seed].config.column_types | join(', ') if execute else '*' -%}
    select
        {{ columns }},
        cast(null as {{ dbt.type_string() }}) as landing_file
    from {{ ref(seed) }}
    union all
    select
        {{ columns }},
        landing_file
    from {{ source('landing', seed) }}
{%- endmacro %}
