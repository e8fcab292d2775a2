with days as (
    select cast(unnest(generate_series(date '2000-01-01', date '2040-12-31', interval 1 day)) as date) as date_day
)

select
    date_day,
    cast(year(date_day) as integer) as calendar_year,
    cast(quarter(date_day) as integer) as quarter_of_year,
    cast(month(date_day) as integer) as month_of_year,
    date_day = last_day(date_day) and month(date_day) = 12 as is_year_end
from days
