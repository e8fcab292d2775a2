with lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
    where not is_withdrawn
),

checked as (
    select
        concat_ws(' @ ', line_code, as_of_date, effective_on, recorded_on) as subject_code,
        contract_code,
        case
            when (amount_status in ('printed', 'by_reference')) <> (amount_eur is not null) then 'amount status ' || amount_status
            when amount_status = 'percent_only' and share_percent is null then 'amount status percent_only'
            when (amount_status = 'by_reference') <> (bound_line_code is not null) then 'amount status ' || amount_status
            when period_basis = 'per_year' and year_count <> period_end_year - period_start_year + 1
                then 'years ' || period_start_year || ' to ' || period_end_year || ' of a yearly amount times ' || year_count
            when (measure_basis = 'cumulative') <> (as_of_date is not null) then 'measure basis ' || measure_basis
        end as contradiction,
        amount_eur,
        share_percent,
        as_of_date
    from lines
)

select
    'financial_line' as subject_type,
    subject_code,
    contract_code,
    'an amount where it is printed, as many years as it is multiplied by, a date where it is cumulative' as expected,
    case
        when contradiction is null then 'as it says'
        else contradiction || concat_ws(', ', ': amount ' || {{ euros('amount_eur') }}, 'share ' || share_percent, 'date ' || as_of_date)
    end as found,
    cast(null as decimal(28, 2)) as difference,
    case when contradiction is null then 'pass' else 'fail' end as status,
    'amount, percentage, years and closing date of a line agree with what it says of itself' as reason
from checked
