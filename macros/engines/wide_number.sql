{#-
  A number as the widest whole number of the engine, for products that a bigint does not hold. DuckDB divides these many times slower.
  number: expression.
-#}
{% macro wide_number(number) -%}
{{ adapter.dispatch('wide_number')(number) }}
{%- endmacro %}


{% macro default__wide_number(number) -%}
cast({{ number }} as hugeint)
{%- endmacro %}


{% macro spark__wide_number(number) -%}
cast({{ number }} as decimal(38, 0))
{%- endmacro %}
