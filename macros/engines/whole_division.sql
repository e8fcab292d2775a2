{#-
  Whole part of a quotient of whole numbers, as a decimal without digits after the point.
  dividend, divisor: expressions.
-#}
{% macro whole_division(dividend, divisor) -%}
{{ adapter.dispatch('whole_division')(dividend, divisor) }}
{%- endmacro %}


{% macro default__whole_division(dividend, divisor) -%}
cast(cast({{ dividend }} as hugeint) // {{ divisor }} as decimal(38, 0))
{%- endmacro %}


{% macro postgres__whole_division(dividend, divisor) -%}
div({{ dividend }}, {{ divisor }})
{%- endmacro %}


{% macro spark__whole_division(dividend, divisor) -%}
cast(cast({{ dividend }} as decimal(38, 0)) div {{ divisor }} as decimal(38, 0))
{%- endmacro %}
