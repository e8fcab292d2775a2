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

-- closing dates of the positions; a contract without any closes when its progress, or else its latest figure, became known
closings as (
    select distinct
        contract_code,
        as_of_date as closing_date
    from versions
    where line_use = 'counted' and as_of_date is not null

    union

    select
        contract_code,
        unnest(
            case
                when count(*) filter (where stage in ('programmed', 'committed', 'paid')) > 0
                    then list(distinct recorded_on) filter (where stage in ('programmed', 'committed', 'paid'))
                else [max(recorded_on)]
            end
        ) as closing_date
    from versions
    where line_use = 'counted'
    group by contract_code
    having count(as_of_date) = 0
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
