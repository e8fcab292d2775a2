{#-
  CTEs that read printed figures, the last one `figures_read`: each mention with its digits, unit and share, and `problem`: why the figure
  cannot be read; null where it can. The parser and the rejects both read it, so that what a build accepts is what it can read.
  mentions: relation of mentions, the multiplier as a number. money_units, number_words: relations of the vocabularies.
-#}
{% macro figures_read(mentions, money_units, number_words) -%}
{%- set units = 'milliards?|millions?|milliers?|mds?|mns?|m|k' -%}
{%- set unit_end = ' ?(?:[ €.,;)]|eur|$)' -%}
-- figure and the unit that stands elsewhere, read as one text; \p{Z} holds the non-breaking spaces of French typography
texts as (
    select
        *,
        trim(lower({{ regex_replaced("concat_ws(' ', printed_figure, printed_unit)", '[\\s\\p{Z}]+', ' ') }})) as printed_text,
        coalesce(basis = 'share', false) as is_share
    from {{ mentions }}
),

-- the part of the amount that goes to one beneficiary: "1 000 × 0,45" or "1 000 × 45 %"; the digit of m3 is no figure
halves as (
    select
        *,
        {{ regex_replaced(
            "case when is_share then split_part(printed_text, '×', 1) else printed_text end", '\\b(?:[cdhk]?m[23]|co2)\\b', ' '
        ) }} as amount_text,
        case when is_share then split_part(printed_text, '×', 2) end as share_text
    from texts
),

parts as (
    select
        *,
        {{ regex_find_all('amount_text', '[0-9]+(?:[ .,][0-9]+)*') }} as number_texts,
        {{ regex_find('printed_text', "^(?:d['’])?([a-zéè-]+)", 1) }} as first_word,
        {{ regex_find('printed_text', "^(?:d['’])?[a-zéè-]+ ([a-zéè-]+)", 1) }} as second_word,
        {{ regex_find('printed_text', '(?:^|[0-9 ])(' ~ units ~ ')' ~ unit_end, 1) }} as unit_text,
        position('%' in printed_text) > 0 and not is_share as is_percent
    from halves
),

-- in an indicator the short signs scale a noun ("4,5 M de mètres"); alone they are another unit ("12 m" are metres)
scaled as (
    select
        parts.*,
        case
            when parts.is_percent then 1
            when
                parts.subject_type = 'indicator' and length(parts.unit_text) <= 3
                and position(' ' || parts.unit_text || ' de ' in parts.printed_text) = 0 then 1
            else coalesce(money_units.factor, 1)
        end as unit_factor,
        -- "une vingtaine" is 20, not 1
        coalesce(case when parts.first_word in ('un', 'une') then second_words.number_value end, first_words.number_value) as word_value,
        {{ list_length('parts.number_texts') }} as number_count,
        {{ first_of('parts.number_texts') }} as first_text,
        {{ last_of('parts.number_texts') }} as last_text
    from parts
    left join {{ money_units }} as money_units on parts.unit_text = money_units.unit_text
    left join {{ number_words }} as first_words on parts.first_word = first_words.number_word
    left join {{ number_words }} as second_words on parts.second_word = second_words.number_word
),

-- words count only where no digits are printed
cleaned as (
    select
        *,
        coalesce({{ is_number('first_text') }} and {{ is_number('last_text') }}, word_value is not null) as is_number,
        coalesce(
            {{ french_number('first_text', 'unit_factor', 'is_percent') }}, cast(word_value as {{ dbt.type_string() }})
        ) as first_digits,
        {{ french_number('last_text', 'unit_factor', 'is_percent') }} as last_digits,
        coalesce({{ regex_is('share_text', ' ?[0-9]{1,3}(?:[.,][0-9]+)?[^0-9]*') }}, false) as has_share
    from scaled
),

-- near enough to tell whether the types of the parser hold them
sized as (
    select
        *,
        cast(unit_factor as double) * multiplier as rough_scale,
        case when is_number then cast(first_digits as double) end as rough_first,
        case when is_number and number_count > 0 then cast(last_digits as double) end as rough_last,
        case
            when has_share
                then
                    cast(replace({{ regex_find('share_text', '[0-9.,]*[0-9]') }}, ',', '.') as decimal(14, 10))
                    * case when position('%' in printed_text) > 0 then 0.01 else 1.00 end
        end as amount_share
    from cleaned
),

figures_read as (
    select
        *,
        {{ figure_problem(units, unit_end) }} as problem
    from sized
)
{%- endmacro %}
