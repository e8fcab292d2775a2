{#-
  Sum of the digits of a number of at most 14 digits after Luhn: from the right, every second digit counts double, its own digits added.
  A multiple of ten where the check digit is right.
  number: text expression.
-#}
{% macro luhn_sum(number) -%}
{%- set digits = [] -%}
{%- for place in range(14) -%}
    {%- set signs = '0516273849' if place % 2 else '0123456789' -%}
    {%- do digits.append('greatest(position(substr(lpad(' ~ number ~ ", 14, '0'), " ~ (14 - place) ~ ", 1) in '" ~ signs ~ "') - 1, 0)") -%}
{%- endfor -%}
({{ digits | join(' + ') }})
{%- endmacro %}
