{#-
  Digits with a point before decimals as decimal(24, 6). Twelve characters fit into 64 bits, which DuckDB reads many times faster.
  digits: SQL expression of text.
-#}
{% macro decimal_number(digits) -%}
case when length({{ digits }}) <= 12 then cast({{ digits }} as decimal(18, 6)) else cast({{ digits }} as decimal(24, 6)) end
{%- endmacro %}
