{#- Part of a whole in percent with one decimal; null where a side is null or the whole is zero. A symbolic whole gives a wide rate; DuckDB
  computes fifteen digits of it. -#}
{% macro rate_percent(part, whole) -%}
cast(round(100.0 * {{ part }} / nullif({{ whole }}, 0), 1) as decimal(32, 1))
{%- endmacro %}
