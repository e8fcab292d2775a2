-- The moments at which the tree of lines is built: now (the two clocks of the run), every year-end, and every closing date
-- of a contract. contract_code is null where the snapshot takes every contract.
with versions as (
    select * from {{ ref('int_lines_versioned') }}
    where
        effective_on <= cast('{{ var("effective_as_of") }}' as date)
        and recorded_on <= cast('{{ var("known_as_of") }}' as date)
),

years as (
    select unnest(generate_series(min(year(recorded_on)), max(year(recorded_on)))) as calendar_year
    from versions
),

-- a contract without any progress figure closes on the day of its latest figure
closings as (
    select distinct
        contract_code,
        coalesce(as_of_date, recorded_on) as closing_date
    from versions
    where stage in ('programmed', 'committed', 'paid') and line_use = 'counted'

    union

    select
        contract_code,
        max(recorded_on) as closing_date
    from versions
    where line_use = 'counted'
    group by contract_code
    having count(*) filter (where stage in ('programmed', 'committed', 'paid')) = 0
),

final as (
    select
        'current' as snapshot,
        cast(null as varchar) as contract_code,
        cast('{{ var("effective_as_of") }}' as date) as effective_as_of,
        cast('{{ var("known_as_of") }}' as date) as known_as_of
    union all
    select
        'year ' || calendar_year as snapshot,
        null as contract_code,
        least(make_date(calendar_year, 12, 31), cast('{{ var("effective_as_of") }}' as date)) as effective_as_of,
        least(make_date(calendar_year, 12, 31), cast('{{ var("known_as_of") }}' as date)) as known_as_of
    from years
    union all
    select
        'closing ' || closing_date as snapshot,
        contract_code,
        closing_date as effective_as_of,
        cast('{{ var("known_as_of") }}' as date) as known_as_of
    from closings
)

select * from final
