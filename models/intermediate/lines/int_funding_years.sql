-- counted rows spread evenly over the years of their period; the cents left over go to the last year
with funding as (
    select * from {{ ref('fct_funding') }}
),

periods as (
    select * from {{ ref('dim_period') }}
),

spread as (
    select
        funding.funding_row_key,
        coalesce(periods.year_count, 1) as year_count,
        unnest(
            case
                when periods.year_count is null then [null]
                else generate_series(periods.period_start_year, periods.period_end_year)
            end
        ) as calendar_year
    from funding
    inner join periods on funding.period_key = periods.period_key
)

select
    funding.funding_row_key,
    spread.calendar_year,
    {% for measure in [
        'announced_eur', 'contracted_eur', 'programmed_eur', 'committed_eur', 'paid_eur',
        'contracted_from_draft_eur', 'contracted_loan_eur', 'unallocated_contracted_eur',
    ] -%}
        {{ even_share('funding.' ~ measure, 'spread.year_count', 'spread.calendar_year = periods.period_end_year') }} as {{ measure }},
    {% endfor -%}
    case
        when coalesce(spread.calendar_year = periods.period_end_year, true) then funding.financial_line_count
        else 0
    end as financial_line_count
from spread
inner join funding on spread.funding_row_key = funding.funding_row_key
inner join periods on funding.period_key = periods.period_key
