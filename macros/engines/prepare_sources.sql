{#-
  On Spark, before a build, makes ready what the models read beside the seeds: landing tables, which hold accepted rows that other tools put
  there and are made here empty where they are missing, and the official reference.
-#}
{% macro prepare_sources() %}
    {% if execute and target.type == 'spark' and flags.WHICH in ('build', 'run', 'seed') %}
        {% do run_query('create schema if not exists landing') %}
        {% for table in landing_tables() %}
            {% set columns = [] %}
            {% for column, type in table_columns(table).items() %}{% do columns.append(column ~ ' ' ~ column_type(type)) %}{% endfor %}
            {% do run_query('create table if not exists landing.' ~ table ~ ' (' ~ columns | join(', ') ~ ', landing_file string) using parquet') %}
        {% endfor %}
        {% do run_query('create schema if not exists official') %}
        {% do run_query(
            'create or replace view official.territories as select * from parquet.`'
            ~ env_var('CONTRACTS_OFFICIAL_TERRITORIES', 'seeds/official/territories.parquet') ~ '`'
        ) %}
    {% endif %}
{% endmacro %}
