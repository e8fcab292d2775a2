{#-
  Rows of a seed with those that users put into landing/, texts without the spaces around them; a seed's rows have no landing_file.
  DuckDB trims landed texts when it loads them, so that filters reach the columns as they are stored.
  seed: name of the seed and of its landing table.
-#}
{% macro seed_and_landing(seed) -%}
{%- set types = graph.nodes['seed.' ~ project_name ~ '.' ~ seed].config.column_types if execute else {} -%}
    select
        {{ trimmed_columns(types) }},
        cast(null as {{ dbt.type_string() }}) as landing_file
    from {{ ref(seed) }}
    union all
    select
        {{ types | join(', ') or '*' if target.type == 'duckdb' else trimmed_columns(types) }},
        landing_file
    from {{ source('landing', seed) }}
{%- endmacro %}


{#- The columns of a seed, its texts trimmed. types: column → type. -#}
{% macro trimmed_columns(types) -%}
{{ '*' if not types }}{% for column, type in types.items() %}{{ 'trim(' ~ column ~ ') as ' ~ column if type == 'varchar' else column }}{{ ', ' if not loop.last }}{% endfor %}
{%- endmacro %}
