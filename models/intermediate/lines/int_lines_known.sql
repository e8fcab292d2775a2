with versions as (
    select * from {{ ref('int_lines_versioned') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

known as (
    select
        snapshots.snapshot,
        versions.*
    from versions
    inner join snapshots
        on
            versions.contract_code = coalesce(snapshots.contract_code, versions.contract_code)
            and versions.effective_on <= snapshots.effective_as_of
            and versions.recorded_on <= snapshots.known_as_of
            and coalesce(versions.as_of_date, versions.effective_on) <= snapshots.effective_as_of
),

-- one version of each line, and of a cumulative line its latest position; a withdrawal has no position, its effect dates it
latest as (
    select *
    from known
    qualify row_number() over (
        partition by snapshot, line_code order by coalesce(as_of_date, effective_on) desc, effective_on desc, recorded_on desc
    ) = 1
)

select * from latest
