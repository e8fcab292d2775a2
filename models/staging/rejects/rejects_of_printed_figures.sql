-- figures that int_figures_parsed cannot read
{% set sentences = {
    'no_number': 'holds no number that can be read; write it in digits, such as 1 250 000 €',
    'several_numbers': 'holds several numbers; write one, such as 1 250 000 €, two where the qualifier is range, or each in its own row',
    'malformed_number': 'holds digits in a form that no number has; write 1 250 000,50 or 1,250,000.50, and each number in its own row',
    'below_zero': 'is below zero; write the amount that is paid, and a correction as a new version of the line',
    'no_share': 'is no share; write the amount, the sign × and the part of it, such as 1 000 × 0,45 or 1 000 × 45 %',
    'share_above_whole': 'is a share above the whole; after × stands a part such as 0,45 or 45 %',
    'share_too_fine': 'is a share with more decimals than are read; write at most ten',
    'too_large': 'gives a million milliards or more with its unit and multiplier; check the digits, the unit and the multiplier',
    'no_range': 'is no range; write the lower number, then the higher one, such as 150 à 170 M€',
    'two_units': 'is a range in two units; write both numbers in one, such as 0,2 à 1 M€',
    'unknown_unit': 'has a unit that is not known; write euros as €, k€, M€ or Md€',
} %}

-- most figures are plain: at most twelve digits of euros or thousands of euros, with cents or not, which are always read
with mentions as (
    select * replace (try_cast(multiplier as integer) as multiplier)
    from ({{ text_rows('source_mentions', unjudged=true) }}) as rows_of_table
    where
        not coalesce(
            regexp_full_match(printed_figure, '(?:[0-9]{1,12}|[0-9]{1,3}(?: [0-9]{3}){1,3})(?:[.,][0-9]{1,2})?(?: €| euros)?')
            and coalesce(printed_unit, '€') in ('€', 'euros', 'k€')
            and basis in ('total', 'per_year', 'per_unit')
            and qualifier <> 'range'
            and multiplier = '1',
            false
        )
),

money_units as (
    select
        unit_text,
        try_cast(factor as bigint) as factor
    from ({{ text_rows('money_units') }}) as rows_of_table
),

number_words as (
    select
        number_word,
        try_cast(number_value as integer) as number_value
    from ({{ text_rows('number_words') }}) as rows_of_table
),

{{ figures_read('mentions', 'money_units', 'number_words') }}

select
    {{ rejected_row('source_mentions') }},
    'printed_figure' as column_name,
    problem as rule,
    left(printed_figure, 200) as value_found,
    '''' || left(concat_ws(' ', printed_figure, printed_unit), 60) || ''' ' || case problem
        {% for problem, sentence in sentences.items() -%}
            when '{{ problem }}' then '{{ sentence }}'
        {% endfor %}
    end as reason
from figures_read
where problem is not null and printed_figure is not null
