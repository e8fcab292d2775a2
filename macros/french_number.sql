{#-
  Digits of a number printed in French, with a point before decimals and no group separators.
  number_text: SQL expression, digits with spaces, points or a comma. unit_factor: SQL expression; where it is 1, a point or comma before
  exactly three digits separates thousands.
-#}
{% macro french_number(number_text, unit_factor) -%}
replace(
    case
        when {{ unit_factor }} = 1 and regexp_full_match({{ number_text }}, '[0-9]{1,3}(?:[.,][0-9]{3})+')
            then translate({{ number_text }}, '.,', '')
        else replace({{ number_text }}, ' ', '')
    end,
    ',', '.'
)
{%- endmacro %}
