{#-
  Before a build, makes ready what the models read beside the seeds: landing tables and the official reference. DuckDB loads the files of
  landing/ and reads the reference in place. Spark finds its landing tables as other tools filled them, made here empty where they are
  missing; every landed contract belongs to every build there.
-#}
{% macro prepare_sources() %}
    {% if execute and flags.WHICH in ('build', 'run', 'seed') %}
        {% do adapter.dispatch('prepare_sources')() %}
    {% endif %}
{% endmacro %}


{% macro default__prepare_sources() %}
    {% if landing_types() %}{% do load_landing() %}{% endif %}
{% endmacro %}


{% macro spark__prepare_sources() %}
    {% do make_landing_tables() %}
    {% do run_query('create schema if not exists official') %}
    {% do run_query(
        'create or replace view official.territories as select * from parquet.`'
        ~ env_var('CONTRACTS_OFFICIAL_TERRITORIES', 'seeds/official/territories.parquet') ~ '`'
    ) %}
{% endmacro %}


{#- Makes the landing tables that are missing, with the columns and types of their seeds. -#}
{% macro make_landing_tables() %}
    {% do run_query('create schema if not exists landing') %}
    {% for source in graph.sources.values() if source.source_name == 'landing' %}
        {% set columns = [] %}
        {% for column, type in graph.nodes['seed.' ~ project_name ~ '.' ~ source.name].config.column_types.items() %}
            {% do columns.append(column ~ ' ' ~ column_type(type)) %}
        {% endfor %}
        {% do run_query(
            'create table if not exists landing.' ~ source.name
            ~ ' (' ~ columns | join(', ') ~ ', landing_file ' ~ column_type('varchar') ~ ') using parquet'
        ) %}
    {% endfor %}
    {% do run_query(
        'create or replace view landing.changed_contracts as'
        ~ ' select contract_code from landing.contracts union select contract_code from landing.financial_lines'
    ) %}
    {% do run_query('create or replace view landing.changed_operations as select operation_code, contract_code, line_use from landing.financial_lines where false') %}
{% endmacro %}
