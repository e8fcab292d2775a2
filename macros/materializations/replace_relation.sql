{#-
  Tables and views of DuckDB are replaced in one transaction: dropped and made anew in one statement, where dbt-duckdb makes a copy,
  renames twice and drops. A failure rolls back to the relation of before. Not for models that read themselves ({{ "{{ this }}" }}) or are the
  target of a foreign key; this project has neither.
-#}
{% materialization table, adapter='duckdb' %}
    {{ return(replace_relation('table')) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {{ return(replace_relation('view')) }}
{% endmaterialization %}


{#- Replaces the model's relation by its compiled SQL as a table or view (type), with hooks, contract and docs. -#}
{% macro replace_relation(type) %}
    {% set existing = load_cached_relation(this) %}
    {% set target_relation = this.incorporate(type=type) %}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('main') -%}
        drop {{ existing.type if existing else type }} if exists {{ this }};
        {{ get_create_table_as_sql(False, target_relation, compiled_code) if type == 'table' else get_create_view_as_sql(target_relation, compiled_code) }}
    {%- endcall %}
    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{% endmacro %}
