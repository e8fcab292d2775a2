{{ behind_the_gate() }}
with numbers as (
    select {{ numbers_between(0, 14975) }} as day_number
),

days as (
    select cast(date '2000-01-01' + cast(day_number as integer) as date) as date_day
    from numbers
)

select
    date_day,
    cast(extract(year from date_day) as integer) as calendar_year,
    cast(extract(quarter from date_day) as integer) as quarter_of_year,
    cast(extract(month from date_day) as integer) as month_of_year,
    extract(month from date_day) = 12 and extract(day from date_day) = 31 as is_year_end
from days
