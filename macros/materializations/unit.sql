{#-
  Unit tests on DuckDB as dbt runs them, at half the time: the types of a fixture or a model come from one DESCRIBE, where dbt makes a
  temporary table, lists its columns and drops it; rows are VALUES with one cast per column, where dbt calls a macro per value.
-#}
{% materialization unit, adapter='duckdb' %}
    {% set expected_rows = config.get('expected_rows') %}
    {% set types = column_types(compiled_code) %}
    {% set columns = (expected_rows[0] if expected_rows else types) | list %}
    {% set expected_sql = config.get('expected_sql') or fixture_rows(expected_rows, types, columns) %}
    {% call statement('main', fetch_result=true) -%}
        {{ get_unit_test_sql(compiled_code, expected_sql, columns | map('tojson') | list) }}
    {%- endcall %}
    {{ return({'relations': []}) }}
{% endmaterialization %}


{#- The rows given for an input of a unit test, as SQL with all columns of the relation they stand for; dbt calls it by this name. -#}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
    {% if target.type != 'duckdb' %}{{ return(dbt.get_fixture_sql(rows, column_name_to_data_types)) }}{% endif %}
    {% set types = column_types('select * from ' ~ (defer_relation if defer_relation and not load_relation(this) else this)) %}
    {{ return(fixture_rows(rows, types, types | list)) }}
{% endmacro %}


{#- Column name → type, of the rows of a query. -#}
{% macro column_types(query) %}
    {% set types = {} %}
    {% for column in adapter.get_column_schema_from_query(query) %}{% do types.update({column.name: column.dtype}) %}{% endfor %}
    {{ return(types) }}
{% endmacro %}


{#- SQL of rows (column → value) with the named columns in their types, null where a row leaves one out. Stops at any other column. -#}
{% macro fixture_rows(rows, types, columns) %}
    {% set given = {} %}
    {% for name in rows | map('list') | sum(start=[]) %}
        {% if name not in columns or name not in types %}
            {% do exceptions.raise_compiler_error(
                "unit test, rows of '" ~ model.name ~ "': '" ~ name ~ "' is none of the columns " ~ (columns if name in types else types) | join(', ')
            ) %}
        {% endif %}
        {% do given.update({name: adapter.quote(name)}) %}
    {% endfor %}
    {% set tuples = [] %}
    {% for row in rows %}
        {% set values = [loop.index] %}
        {% for name in given %}
            {% do values.append('null' if row.get(name) is none else "'" ~ row[name] | string | replace("'", "''") ~ "'") %}
        {% endfor %}
        {% do tuples.append('(' ~ values | join(', ') ~ ')') %}
    {% endfor %}
    {% set casts = [] %}
    {% for name in columns %}
        {% do casts.append('cast(' ~ given.get(name, 'null') ~ ' as ' ~ types[name] ~ ') as ' ~ adapter.quote(name)) %}
    {% endfor %}
    {% set source = ' from (values ' ~ tuples | join(', ') ~ ') as fixture (' ~ (['__row'] + given.values() | list) | join(', ') ~ ')' %}
    {{ return('select ' ~ casts | join(', ') ~ (source if rows else ' limit 0')) }}
{% endmacro %}
