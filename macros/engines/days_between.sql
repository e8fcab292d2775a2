{#-
  Number of days from a date to a later one.
  first, last: date expressions.
-#}
{% macro days_between(first, last) -%}
{{ adapter.dispatch('days_between')(first, last) }}
{%- endmacro %}


{% macro default__days_between(first, last) -%}
({{ last }} - {{ first }})
{%- endmacro %}


{% macro spark__days_between(first, last) -%}
datediff({{ last }}, {{ first }})
{%- endmacro %}
