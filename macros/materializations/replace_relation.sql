{#-
  Tables and views of DuckDB are replaced in one transaction: dropped and made anew in one statement, where dbt-duckdb makes a copy,
  renames twice and drops. Incremental tables get their rows appended by one insert, where dbt-duckdb fills a temporary table first.
  A failure rolls back to the relation of before. Not for the target of a foreign key, nor for other incremental strategies than append;
  this project has neither.
-#}
{% materialization table, adapter='duckdb' %}
    {{ return(replace_relation('table')) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {{ return(replace_relation('view')) }}
{% endmaterialization %}

{% materialization incremental, adapter='duckdb' %}
    {{ return(replace_relation('table', append=is_incremental())) }}
{% endmaterialization %}


{#-
  Replaces the model's relation by its compiled SQL as a table or view (type), with hooks, contract and docs.
  append: adds the rows of the compiled SQL to the table instead.
-#}
{% macro replace_relation(type, append=false) %}
    {% set existing = load_cached_relation(this) %}
    {% set target_relation = this.incorporate(type=type) %}
    {% set query = inlined(compiled_code) %}
    {% if append %}{% do check_columns_of_table(target_relation, query) %}{% endif %}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('main') -%}
        {%- if append -%}
            insert into {{ this }} by name ({{ query }})
        {%- else -%}
            drop {{ existing.type if existing else type }} if exists {{ this }};
            {{ get_create_table_as_sql(False, target_relation, query) if type == 'table' else get_create_view_as_sql(target_relation, query) }}
        {%- endif -%}
    {%- endcall %}
    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmacro %}


{#- Stops when the columns of a query are not those of the table that it is appended to, or break the model's contract. -#}
{% macro check_columns_of_table(relation, query) %}
    {% set columns = query %}
    {% if config.get('contract').enforced %}
        {% do get_assert_columns_equivalent(query) %}
        {# the same columns, which take no planning of the query #}
        {% set columns = get_empty_schema_sql(model.columns) %}
    {% endif %}
    {% set in_table, in_model = column_types('select * from ' ~ relation), column_types(columns) %}
    {% if in_table != in_model %}
        {% do exceptions.raise_compiler_error(
            relation.schema ~ '.' ~ relation.identifier ~ ' was built with other columns: run dbt build --full-refresh. Only in the table: '
            ~ (in_table.items() | reject('in', in_model.items()) | map('join', ' ') | join(', ') or 'none') ~ '. Only in the model: '
            ~ (in_model.items() | reject('in', in_table.items()) | map('join', ' ') | join(', ') or 'none')
        ) %}
    {% endif %}
{% endmacro %}
