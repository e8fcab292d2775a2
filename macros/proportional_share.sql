{#-
  The part of an amount that falls to one of several shares, in whole cents; over all shares the parts add up to the amount.
  amount: decimal expression. share_before: sum of the shares before this one. share: this share. whole: sum of all shares. Shares are
  whole numbers, such as inhabitants.
-#}
{% macro proportional_share(amount, share_before, share, whole) -%}
{%- set cents = wide_number(amount ~ ' * 100') -%}
cast(
    (
        {{ whole_division(cents ~ ' * (' ~ share_before ~ ' + ' ~ share ~ ')', whole) }}
        - {{ whole_division(cents ~ ' * ' ~ share_before, whole) }}
    ) * 0.01 as decimal(28, 2)
)
{%- endmacro %}
