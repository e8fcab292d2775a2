{#- Part of a whole in percent with one decimal; null where a side is null or the whole is zero. -#}
{% macro rate_percent(part, whole) -%}
cast(round(100.0 * {{ part }} / nullif({{ whole }}, 0), 1) as decimal(9, 1))
{%- endmacro %}
