-- Reads every printed figure: its number, its unit and what the printed digits can tell apart.
with mentions as (
    select * from {{ ref('int_mentions_of_changed_contracts') }}
),

money_units as (
    select * from {{ ref('stg_contracts__money_units') }}
),

number_words as (
    select * from {{ ref('stg_contracts__number_words') }}
),

{{ figures_read('mentions', 'money_units', 'number_words') }},

-- what cannot be read is a reject, and has no number here
readable as (
    select
        *,
        case when problem is null then first_digits end as digits,
        case when problem is null and qualifier = 'range' then last_digits end as range_digits
    from figures_read
),

numbers as (
    select
        *,
        {{ decimal_number('digits') }} as first_number,
        {{ decimal_number('range_digits') }} as last_number,
        case
            when position('.' in digits) > 0
                then cast('0.' || repeat('0', least(length(split_part(digits, '.', 2)), 12) - 1) || '1' as decimal(24, 12))
            else 1
        end as last_digit,
        case
            when position('.' in digits) = 0 and {{ regex_is('digits', '0*[1-9][0-9]*') }}
                then cast('1' || repeat('0', length(digits) - length(trim(trailing '0' from digits))) as decimal(24, 6))
        end as last_significant_digit,
        case when problem is not null then null when is_percent then 1 else unit_factor * multiplier end as scale
    from readable
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
        end as high_number
    from precise
),

scaled_up as (
    select
        *,
        cast(round(first_number * cast(scale as decimal(16, 0)), 2) as decimal(22, 2)) as whole,
        cast(round(low_number * cast(scale as decimal(16, 0)), 2) as decimal(22, 2)) as whole_low,
        cast(round(high_number * cast(scale as decimal(16, 0)), 2) as decimal(22, 2)) as whole_high
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
    cast(case
        when is_share and whole_low is not null then greatest(round(whole_low * amount_share, 2) - 0.01, 0)
        else whole_low
    end as decimal(24, 2)) as low_value,
    cast(case when is_share then round(whole_high * amount_share, 2) + 0.01 else whole_high end as decimal(24, 2)) as high_value
from scaled_up
