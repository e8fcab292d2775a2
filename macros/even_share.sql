{#-
  One of several equal shares of an amount in whole cents; the last share takes what rounding leaves.
  amount: decimal expression. share_count: number of shares. is_last: condition of the last share.
-#}
{% macro even_share(amount, share_count, is_last) -%}
{%- set share = 'cast(' ~ whole_division(wide_number(amount ~ ' * 100'), share_count) ~ ' as decimal(28, 0)) * 0.01' -%}
case
    when {{ share_count }} = 1 then {{ amount }}
    when {{ is_last }} then {{ amount }} - ({{ share_count }} - 1) * {{ share }}
    else {{ share }}
end
{%- endmacro %}
