{#- Part of a whole in percent with one decimal; null where a side is null or the whole is zero. A symbolic whole gives a wide rate; DuckDB
  computes fifteen digits of it, and keeps products of decimals of up to 18 digits at 18 unless one is cast. -#}
{% macro rate_percent(part, whole) -%}
cast(round(100.0 * cast({{ part }} as decimal(30, 2)) / nullif({{ whole }}, 0), 1) as decimal(32, 1))
{%- endmacro %}
