{#-
  A whole number, another one for each row, in no order that counts. Only in the last select of a table: read twice, an engine may
  number the rows anew.
-#}
{% macro row_id() -%}
{{ adapter.dispatch('row_id')() }}
{%- endmacro %}


{% macro default__row_id() -%}
row_number() over ()
{%- endmacro %}


{% macro spark__row_id() -%}
monotonically_increasing_id()
{%- endmacro %}
