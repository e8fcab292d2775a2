{#- Euros per inhabitant, to the cent; null where the amount or the population is not known. -#}
{% macro per_inhabitant(amount, population) -%}
cast(round({{ amount }} / nullif({{ population }}, 0), 2) as decimal(28, 2))
{%- endmacro %}
