{#- An amount in plain words for a reader: 1 234 567 €, or « no amount ». -#}
{% macro euros(amount) -%}
coalesce(replace(format('{:,}', cast(round({{ amount }}) as bigint)), ',', ' ') || ' €', 'no amount')
{%- endmacro %}
