{#-
  Aggregate: the middle amount, to the cent. Nulls are passed over.
  amount: decimal expression, euros.
-#}
{% macro median(amount) -%}
{{ adapter.dispatch('median')(amount) }}
{%- endmacro %}


{% macro default__median(amount) -%}
cast(median({{ amount }}) as decimal(18, 2))
{%- endmacro %}


{% macro postgres__median(amount) -%}
cast(percentile_cont(0.5) within group (order by {{ amount }}) as decimal(18, 2))
{%- endmacro %}
