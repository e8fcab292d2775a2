-- The moments at which the tree of lines of a contract is built: now (the two clocks of the run), the end of each year in which
-- something of it changed, and each of its closing dates.
with versions as (
    select
        contract_code,
        line_use,
        stage,
        as_of_date,
        recorded_on,
        greatest(effective_on, recorded_on, coalesce(as_of_date, effective_on)) as seen_on
    from {{ ref('int_lines_versioned') }}
    where
        effective_on <= cast('{{ var("effective_as_of") }}' as date)
        and recorded_on <= cast('{{ var("known_as_of") }}' as date)
),

contracts as (
    select distinct contract_code from versions
),

years as (
    select distinct
        contract_code,
        cast(extract(year from seen_on) as integer) as calendar_year
    from versions
    where line_use = 'counted'
),

undated as (
    select
        contract_code,
        bool_or({{ is_progress('stage') }}) as has_progress,
        max(recorded_on) as last_recorded_on
    from versions
    where line_use = 'counted'
    group by contract_code
    having count(as_of_date) = 0
),

-- closing dates of the positions; a contract without any closes when its progress, or else its latest figure, became known
closings as (
    select
        contract_code,
        as_of_date as closing_date
    from versions
    where line_use = 'counted' and as_of_date is not null
    union
    select
        versions.contract_code,
        versions.recorded_on as closing_date
    from versions
    inner join undated on versions.contract_code = undated.contract_code
    where versions.line_use = 'counted' and undated.has_progress and {{ is_progress('versions.stage') }}
    union
    select
        contract_code,
        last_recorded_on as closing_date
    from undated
    where not has_progress
),

snapshots as (
    select
        contract_code,
        'current' as snapshot_kind,
        cast('{{ var("effective_as_of") }}' as date) as effective_as_of,
        cast('{{ var("known_as_of") }}' as date) as known_as_of,
        cast(null as integer) as calendar_year,
        cast(null as date) as closing_date
    from contracts
    union all
    select
        contract_code,
        'year' as snapshot_kind,
        least(make_date(calendar_year, 12, 31), cast('{{ var("effective_as_of") }}' as date)) as effective_as_of,
        least(make_date(calendar_year, 12, 31), cast('{{ var("known_as_of") }}' as date)) as known_as_of,
        calendar_year,
        null as closing_date
    from years
    union all
    select
        contract_code,
        'closing' as snapshot_kind,
        closing_date as effective_as_of,
        cast('{{ var("known_as_of") }}' as date) as known_as_of,
        null as calendar_year,
        closing_date
    from closings
),

final as (
    select
        snapshots.*,
        {{ row_id() }} as snapshot_id
    from snapshots
)

select * from final
