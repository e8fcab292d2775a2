-- Reads every printed figure: its number, its unit and what the printed digits can tell apart.
with mentions as (
    select * from {{ ref('int_mentions_declared') }}
),

money_units as (
    select * from {{ ref('stg_contracts__money_units') }}
),

number_words as (
    select * from {{ ref('stg_contracts__number_words') }}
),

-- figure and the unit that stands elsewhere, read as one text; \p{Z} holds the non-breaking spaces of French typography
texts as (
    select
        *,
        trim(lower({{ regex_replaced("concat_ws(' ', printed_figure, printed_unit)", '[\\s\\p{Z}]+', ' ') }})) as printed_text
    from mentions
),

parts as (
    select
        *,
        {{ regex_find_all('printed_text', '[0-9]+(?: [0-9]{3})*(?:[.,][0-9]{3}\\b)*(?:[.,][0-9]+)?') }} as number_texts,
        {{ regex_find('printed_text', "^(?:d['’])?([a-zéè-]+)", 1) }} as first_word,
        {{ regex_find('printed_text', "^(?:d['’])?[a-zéè-]+ ([a-zéè-]+)", 1) }} as second_word,
        {{ regex_find('printed_text', '(?:^|[0-9 ])(milliards?|millions?|milliers?|mds?|mns?|m|k) ?(?:[ €.,;)]|eur|$)', 1) }} as unit_text,
        coalesce(basis = 'share', false) as is_share
    from texts
),

-- in an indicator the short signs scale a noun ("4,5 M de mètres"); alone they are another unit ("12 m" are metres)
scaled as (
    select
        parts.*,
        position('%' in parts.printed_text) > 0 and not parts.is_share as is_percent,
        case
            when position('%' in parts.printed_text) > 0 and not parts.is_share then 1
            when
                parts.subject_type = 'indicator' and length(parts.unit_text) <= 3
                and position(' ' || parts.unit_text || ' de ' in parts.printed_text) = 0 then 1
            else coalesce(money_units.factor, 1)
        end as unit_factor,
        coalesce(second_words.number_value, first_words.number_value) as word_value,
        -- the part of the amount that goes to one beneficiary: "1 000 × 0,45" or "1 000 × 45 %"
        case
            when parts.is_share
                then
                    cast(replace({{ regex_find("split_part(parts.printed_text, '×', 2)", '[0-9.,]+') }}, ',', '.') as decimal(14, 10))
                    * case when position('%' in parts.printed_text) > 0 then 0.01 else 1.00 end
        end as amount_share
    from parts
    left join money_units on parts.unit_text = money_units.unit_text
    left join number_words as first_words on parts.first_word = first_words.number_word
    -- "une vingtaine" is 20, not 1
    left join number_words as second_words
        on parts.first_word in ('un', 'une') and parts.second_word = second_words.number_word
),

-- words count only where no digits are printed
cleaned as (
    select
        *,
        coalesce({{ french_number(first_of('number_texts'), 'unit_factor') }}, cast(word_value as {{ dbt.type_string() }})) as first_digits,
        {{ french_number(last_of('number_texts'), 'unit_factor') }} as last_digits
    from scaled
),

numbers as (
    select
        *,
        {{ decimal_number('first_digits') }} as first_number,
        case when qualifier = 'range' then {{ decimal_number('last_digits') }} end as last_number,
        case
            when position('.' in first_digits) > 0
                then cast('0.' || repeat('0', length(split_part(first_digits, '.', 2)) - 1) || '1' as decimal(24, 6))
            else 1
        end as last_digit,
        case
            when position('.' in first_digits) = 0 and {{ regex_is('first_digits', '0*[1-9][0-9]*') }}
                then cast('1' || repeat('0', length(first_digits) - length(trim(trailing '0' from first_digits))) as decimal(24, 6))
        end as last_significant_digit
    from cleaned
),

-- half of what the printed digits can tell apart
precise as (
    select
        *,
        case
            when qualifier in ('about', 'estimated', 'nearly') then coalesce(last_significant_digit, last_digit)
            else last_digit
        end * 0.5 as half_step
    from numbers
),

bounded as (
    select
        *,
        case
            when first_number is null then null
            when qualifier = 'at_most' then 0
            when qualifier in ('more_than', 'at_least', 'range') then first_number
            else greatest(first_number - half_step, 0)
        end as low_number,
        case
            when qualifier in ('more_than', 'at_least') then null
            when qualifier = 'range' then last_number
            when qualifier in ('nearly', 'at_most') then first_number
            else first_number + half_step
        end as high_number,
        case when is_percent then 1 else cast(unit_factor * multiplier as decimal(14, 0)) end as scale
    from precise
),

scaled_up as (
    select
        *,
        cast(round(first_number * scale, 2) as decimal(22, 2)) as whole,
        cast(round(low_number * scale, 2) as decimal(22, 2)) as whole_low,
        cast(round(high_number * scale, 2) as decimal(22, 2)) as whole_high
    from bounded
)

select
    mention_code,
    contract_code,
    document_code,
    line_number,
    printed_figure,
    printed_unit,
    subject_type,
    subject_code,
    subject_recorded_on,
    subject_as_of_date,
    role,
    qualifier,
    basis,
    multiplier,
    exclusion_reason,
    is_percent,
    cast(case when is_share then round(whole * amount_share, 2) else whole end as decimal(24, 2)) as parsed_value,
    -- a share was rounded to the cent
    cast(case when is_share then greatest(round(whole_low * amount_share, 2) - 0.01, 0) else whole_low end as decimal(24, 2)) as low_value,
    cast(case when is_share then round(whole_high * amount_share, 2) + 0.01 else whole_high end as decimal(24, 2)) as high_value
from scaled_up
