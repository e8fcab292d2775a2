{#-
  Digits of a number printed in French or in English, with a point before decimals and no group separators.
  number_text: SQL expression, digits with spaces, points or commas. unit_factor: SQL expression; where it is 1, a point or comma before
  exactly three digits separates thousands, as two of them always do ("23.000", "1.250.000"); "0,798" is a decimal. is_percent: SQL
  expression; a percentage has no thousands ("12,345 %").
-#}
{% macro french_number(number_text, unit_factor, is_percent) -%}
replace(
    case
        when {{ regex_is(number_text, '[1-9][0-9]{0,2}(?:[.][0-9]{3})+,[0-9]+') }}
            then replace({{ number_text }}, '.', '')
        when {{ regex_is(number_text, '[1-9][0-9]{0,2}(?:,[0-9]{3})+[.][0-9]+') }}
            then replace({{ number_text }}, ',', '')
        when
            {{ regex_is(number_text, '[1-9][0-9]{0,2}(?:[.,][0-9]{3})+') }}
            and (({{ unit_factor }} = 1 and not {{ is_percent }}) or {{ regex_is(number_text, '.*[.,].*[.,].*') }})
            then translate({{ number_text }}, '.,', '')
        else replace({{ number_text }}, ' ', '')
    end,
    ',', '.'
)
{%- endmacro %}
