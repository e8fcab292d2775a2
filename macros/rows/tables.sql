{#- The tables that take files of landing/ beside their seed: those of the source landing. -#}
{% macro landing_tables() %}
    {{ return([
        'accepted_contradictions', 'axes', 'contract_relations', 'contract_signatories', 'contracts', 'cross_total_parts',
        'document_contradictions', 'document_headings', 'financial_lines', 'funds', 'indicators', 'operations', 'partner_aliases',
        'partner_group_members', 'partners', 'second_reading', 'source_documents', 'source_mentions', 'territories', 'territory_members',
    ]) }}
{% endmacro %}


{#- The tables that only a seed fills: rules and vocabularies of the project. -#}
{% macro vocabulary_tables() %}
    {{ return([
        'contract_types', 'money_units', 'number_words', 'partner_types', 'stages', 'territory_types', 'themes', 'verified_figures',
    ]) }}
{% endmacro %}


{#- The columns of a table, name → type, from the YAML of its staging model, which has them for the seed too; empty while dbt parses. -#}
{% macro table_columns(table) %}
    {% set columns = {} %}
    {% for name, column in (graph.nodes['seed.' ~ project_name ~ '.' ~ table].columns if execute else {}).items() %}
        {% do columns.update({name: column.data_type or 'varchar'}) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}


{#-
  The rules of the rows of a table: config.meta.row_rules of its staging model. While dbt parses and knows no models, a key of any name.
-#}
{% macro row_rules(table) %}
    {% if not execute %}{{ return({'key': ['none']}) }}{% endif %}
    {{ return(graph.nodes['model.' ~ project_name ~ '.stg_contracts__' ~ table].config.meta.row_rules) }}
{% endmacro %}
