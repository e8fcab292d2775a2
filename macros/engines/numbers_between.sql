{#-
  In a select list: one row for each whole number from first to last.
  first, last: integer expressions.
-#}
{% macro numbers_between(first, last) -%}
{{ adapter.dispatch('numbers_between')(first, last) }}
{%- endmacro %}


{% macro default__numbers_between(first, last) -%}
unnest(generate_series({{ first }}, {{ last }}))
{%- endmacro %}


{% macro spark__numbers_between(first, last) -%}
explode(sequence({{ first }}, {{ last }}))
{%- endmacro %}
