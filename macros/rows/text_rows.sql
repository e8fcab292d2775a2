{#-
  SQL of all rows of a table as text without spaces around it, null where empty: those of the seed, whose landing_file is null, and the
  landed ones. row_number: its place among the readable rows of its file, from 1. row_hash tells whether a row is another one.
  table: name of the seed and of its landing table. unjudged: whether rows of landing files whose cells are known to be sound are left out.
  While dbt parses, which is all that sqlfluff sees, this and the macros that use it give only what they read: the whole SQL of all tables
  would take longer to lint than half of the project.
-#}
{% macro text_rows(table, unjudged=false) -%}
    {%- set columns = table_columns(table) %}
    {%- if not execute %}
    {%- do ref('files_to_judge') if unjudged %}
    select * from {{ ref(table) }}
    {%- if table in landing_tables() %}
    union all
    select * from {{ source('landing', table) }}
    {%- endif %}
    {%- else %}
    select
        {% for column in columns %}nullif(trim({{ column }}, ' '), '') as {{ column }}, {% endfor %}
        cast(null as varchar) as landing_file, rowid + 1 as row_number, hash({{ columns | join(', ') }}, 'seed') as row_hash
    from {{ ref(table) }}
    {%- if table in landing_tables() %}
    union all
    select {% for column in columns %}{{ column }}, {% endfor %}landing_file, row_number, row_hash
    from {{ source('landing', table) }}
    {%- if unjudged %}
    where landing_file in (select file from {{ ref('files_to_judge') }})
    {%- endif %}
    {%- endif %}
    {%- endif %}
{%- endmacro %}


{#-
  SQL of the rows of a table that a build takes, as text: all of the seed and the landed ones that are no rejects. On Spark, those that a
  build on DuckDB took, already cast.
-#}
{% macro accepted_rows(table) -%}
    {{ adapter.dispatch('accepted_rows')(table) }}
{%- endmacro %}


{% macro default__accepted_rows(table) -%}
    {{- behind_the_gate() -}}
    {%- if not execute %}
    {%- do ref('rejects') if table in landing_tables() %}
    {{- text_rows(table) }}
    {%- else %}
    select rows_of_table.*
    from ({{ text_rows(table) }}) as rows_of_table
    {%- if table in landing_tables() %}
    left join (
        select distinct landing_file, row_number, true as is_reject from {{ ref('rejects') }}
        where table_name = '{{ table }}'
    ) as rejected
        on rows_of_table.landing_file = rejected.landing_file and rows_of_table.row_number = rejected.row_number
    where rejected.is_reject is null
    {%- endif %}
    {%- endif %}
{%- endmacro %}


{% macro spark__accepted_rows(table) -%}
    select * from {{ accepted_file(table) }}
{%- endmacro %}


{#- In a model that is built of seeds or landing files, or stands beside such models: it waits for the gate, so that a stopped build leaves
  every table as it was. -#}
{% macro behind_the_gate() -%}
    {%- if target.type == 'duckdb' %}{% do ref('gate') %}{% endif -%}
{%- endmacro %}
