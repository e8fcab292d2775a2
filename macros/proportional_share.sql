{#-
  The part of an amount that falls to one of several shares, in whole cents; over all shares the parts add up to the amount.
  amount: decimal expression. share_before: sum of the shares before this one. share: this share. whole: sum of all shares. Shares are
  whole numbers, such as inhabitants.
-#}
{% macro proportional_share(amount, share_before, share, whole) -%}
cast(
    (
        cast({{ amount }} * 100 as hugeint) * ({{ share_before }} + {{ share }}) // {{ whole }}
        - cast({{ amount }} * 100 as hugeint) * {{ share_before }} // {{ whole }}
    ) * 0.01 as decimal(18, 2)
)
{%- endmacro %}
