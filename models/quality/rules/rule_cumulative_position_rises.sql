with versions as (
    select
        *,
        row_number() over (partition by line_code, as_of_date order by effective_on desc, recorded_on desc) as version_rank
    from {{ ref('int_lines_versioned') }}
    where measure_basis = 'cumulative' and as_of_date is not null
),

-- a position that corrects another of the same date is no fall
positions as (
    select
        *,
        lag(amount_high_eur) over (partition by line_code order by as_of_date) as previous_high_eur,
        lag(as_of_date) over (partition by line_code order by as_of_date) as previous_date
    from versions
    where version_rank = 1
)

select
    'financial_line' as subject_type,
    line_code || ' at ' || as_of_date as subject_code,
    contract_code,
    'at least ' || {{ euros('previous_high_eur') }} as expected,
    {{ euros('amount_eur') }} as found,
    cast(amount_eur - previous_high_eur as decimal(28, 2)) as difference,
    case
        when amount_eur >= previous_high_eur then 'pass' when
            amount_low_eur < previous_high_eur and amount_high_eur >= previous_high_eur
            then 'pass'
        else 'fail'
    end as status,
    'a cumulative position does not fall below that of ' || previous_date as reason
from positions
where previous_high_eur is not null
