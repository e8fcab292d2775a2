{#-
  Spark's name of the Parquet file that holds the accepted rows of a table, as contracts export-accepted wrote it.
  table: name of a seed, or official_territories.
-#}
{% macro accepted_file(table) -%}
parquet.`{{ env_var('CONTRACTS_ACCEPTED_ROWS', 'target/accepted_rows') }}/{{ table }}.parquet`
{%- endmacro %}
