{#-
  Whole part of a quotient of whole numbers.
  dividend: expression of type bigint or wide_number. divisor: expression of an integer type.
-#}
{% macro whole_division(dividend, divisor) -%}
{{ adapter.dispatch('whole_division')(dividend, divisor) }}
{%- endmacro %}


{% macro default__whole_division(dividend, divisor) -%}
({{ dividend }} // {{ divisor }})
{%- endmacro %}


{% macro spark__whole_division(dividend, divisor) -%}
({{ dividend }} div {{ divisor }})
{%- endmacro %}
