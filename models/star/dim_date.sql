-- 2000 to 2040, and every year of a date that stands in this schema
with found as (
    {% for table, columns in {
        'fct_funding': ['as_of_date', 'effective_on', 'recorded_on'],
        'fct_indicator': ['as_of_date'],
        'dim_contract': ['signed_on', 'voted_on'],
        'dim_document': ['published_on'],
        'dim_operation': ['as_of_date'],
    }.items() -%}
        select
            least(
                {% for column in columns %}min({{ column }}), {% endfor %}
                date '2000-01-01'
            ) as first_day,
            greatest(
                {% for column in columns %}max({{ column }}), {% endfor %}
                date '2040-12-31'
            ) as last_day
        from {{ ref(table) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

span as (
    select
        make_date(cast(extract(year from min(first_day)) as integer), 1, 1) as first_day,
        make_date(cast(extract(year from max(last_day)) as integer), 12, 31) as last_day
    from found
),

numbers as (
    select
        first_day,
        {{ numbers_between(0, days_between('first_day', 'last_day')) }} as day_number
    from span
),

days as (
    select cast(first_day + cast(day_number as integer) as date) as date_day
    from numbers
)

select
    date_day,
    cast(extract(year from date_day) as integer) as calendar_year,
    cast(extract(quarter from date_day) as integer) as quarter_of_year,
    cast(extract(month from date_day) as integer) as month_of_year,
    extract(month from date_day) = 12 and extract(day from date_day) = 31 as is_year_end
from days
