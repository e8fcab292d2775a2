{#-
  Digits with a point before decimals as decimal(30, 12), rounded beyond. Up to twelve characters with six decimals fit into 64 bits, which
  DuckDB reads many times faster.
  digits: SQL expression of text.
-#}
{% macro decimal_number(digits) -%}
case
    when length({{ digits }}) <= 12 and length(split_part({{ digits }}, '.', 2)) <= 6 then cast({{ digits }} as decimal(18, 6))
    else cast({{ digits }} as decimal(30, 12))
end
{%- endmacro %}
