{#-
  An amount in plain words for a reader: 1 234 567 €, or « no amount ».
  amount: decimal expression, euros.
-#}
{% macro euros(amount) -%}
{{ adapter.dispatch('euros')(amount) }}
{%- endmacro %}


{% macro default__euros(amount) -%}
coalesce(replace(format('{:,}', {{ wide_number('round(' ~ amount ~ ')') }}), ',', ' ') || ' €', 'no amount')
{%- endmacro %}


{% macro spark__euros(amount) -%}
coalesce(replace(format_number(round({{ amount }}), 0), ',', ' ') || ' €', 'no amount')
{%- endmacro %}
