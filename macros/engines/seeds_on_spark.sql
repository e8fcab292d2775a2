{#-
  dbt-spark's own versions of these two macros take types as the YAML writes them, load an empty cell as the word None, and break at an
  apostrophe. Texts come as dbt read them; an empty cell is null.
-#}
{% macro spark__create_csv_table(model, agate_table) -%}
    {%- set types = model.config.column_types -%}
    {%- set sql -%}
        create table {{ this }} (
            {%- for column in agate_table.column_names %}{{ column }} {{ column_type(types[column]) }}{{ ', ' if not loop.last }}{% endfor -%}
        ) {{ file_format_clause() }} {{ location_clause() }}
    {%- endset -%}
    {% call statement('_') %}{{ sql }}{% endcall %}
    {{ return(sql) }}
{%- endmacro %}


{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model.config.column_types -%}
    {%- for rows in agate_table.rows | batch(get_batch_size()) %}
        {%- set values = [] -%}
        {%- for row in rows -%}
            {%- set cells = [] -%}
            {%- for column in agate_table.column_names -%}
                {%- set cell = "'" ~ (row[column] | replace('\\', '\\\\') | replace("'", "\\'")) ~ "'" if row[column] is not none else 'null' -%}
                {%- do cells.append(cell) -%}
            {%- endfor -%}
            {%- do values.append('(' ~ cells | join(', ') ~ ')') -%}
        {%- endfor -%}
        {%- set sql -%}
            insert into {{ this }}
            select
                {%- for column in agate_table.column_names %} cast({{ column }} as {{ column_type(types[column]) }}){{ ',' if not loop.last }}{% endfor %}
            from values {{ values | join(', ') }} as loaded ({{ agate_table.column_names | join(', ') }})
        {%- endset -%}
        {% do adapter.add_query(sql, abridge_sql_log=True) %}
    {%- endfor %}
    {{ return('') }}
{%- endmacro %}
