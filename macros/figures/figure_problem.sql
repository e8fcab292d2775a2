{#-
  Why a figure of the CTE `sized` cannot be read, the first reason that holds; null where it can. rejects_of_printed_figures says each in
  words.
  units, unit_end: patterns of the units of money and of what follows one.
-#}
{% macro figure_problem(units, unit_end) -%}
{#- what stands between the two numbers of a range, and the unit of each where it has its own -#}
{%- set between = regex_find('amount_text', '[0-9]([^0-9]*)[0-9][0-9 .,]*[^0-9]*$', 1) -%}
{%- set first_unit = regex_find(between, '^ ?(' ~ units ~ ')' ~ unit_end, 1) -%}
{%- set last_unit = regex_find('amount_text', '[0-9] ?(' ~ units ~ ')' ~ unit_end ~ '[^0-9]*$', 1) -%}
{#- the word after the number of a financial line -#}
{%- set unit_word = regex_find('amount_text', '[0-9] ?([a-zà-ÿœ]+)', 1) -%}
{%- set other_words = 'à|a|au|et|ou|d|de|des|du|par|pour|sur|en|ht|ttc|hors|an|ans|annuels?|soit|max|min|maximum|minimum|environ|chacune?' -%}
{#- words that make a number of several words, which is not read -#}
{%- set number_words = 'deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix-sept|dix-huit|dix-neuf'
    ~ '|vingts?|trente|quarante|cinquante|soixante|cents?|mille' -%}
case
    when first_digits is null then 'no_number'
    when
        number_count > case when qualifier = 'range' then 2 else 1 end
        or (number_count > 0 and word_value is not null and first_word not in ('un', 'une'))
        or (number_count = 0 and {{ regex_is('printed_text', '(?:.+ (?:' ~ number_words ~ ')|.*(?:et|' ~ number_words ~ ') une?)(?: .*)?') }})
        then 'several_numbers'
    when not is_number then 'malformed_number'
    when {{ regex_is('amount_text', '[-−–] ?[0-9].*|[(] ?[0-9 .,]+[)].*') }} and rough_first > 0 then 'below_zero'
    when is_share and not (has_share and split_part(printed_text, '×', 3) = '') then 'no_share'
    when amount_share > 1 then 'share_above_whole'
    when {{ regex_is('share_text', '.*[.,][0-9]{11}.*') }} and rough_first * rough_scale >= 1e8 then 'share_too_fine'
    when rough_scale >= 1e15 or greatest(rough_first, coalesce(rough_last, 0)) * case when is_percent then 1 else rough_scale end >= 1e15
        then 'too_large'
    when
        qualifier = 'range' and ({{ regex_is(between, '.*(?:€|eur).*') }} or {{ first_unit }} <> '')
        and trim(trailing 's' from {{ first_unit }}) <> trim(trailing 's' from {{ last_unit }})
        then 'two_units'
    when qualifier = 'range' and (number_count < 2 or rough_last < rough_first) then 'no_range'
    when
        subject_type = 'financial_line' and not is_percent
        and (
            {{ regex_is('printed_text', '.*[$£¥].*') }}
            or not {{ regex_is(unit_word, '(?:' ~ units ~ ')?(?:eur(?:os?)?)?|' ~ other_words) }}
            or ({{ regex_is(unit_word, units) }} and unit_text = '')
        )
        then 'unknown_unit'
end
{%- endmacro %}


{#- Whether a text is a number as one is written: digits, in groups of three or not, with decimals or not. -#}
{% macro is_number(text) -%}
{%- set decimals = '(?:[.,][0-9]+)?' -%}
{%- set start = '[1-9][0-9]{0,2}' -%}
{{ regex_is(text, [
    '[0-9]+' ~ decimals,
    '[0-9]{1,3}(?: [0-9]{3})+' ~ decimals,
    start ~ '(?:[.][0-9]{3})+,[0-9]+',
    start ~ '(?:,[0-9]{3})+[.][0-9]+',
    start ~ '(?:[.][0-9]{3}){2,}',
    start ~ '(?:,[0-9]{3}){2,}',
] | join('|')) }}
{%- endmacro %}
