with versions as (
    select * from {{ ref('int_version_ranks') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

-- of what was in effect and known, the version of lowest rank; year-ends and closing dates are asked for counted money only
latest as (
    select
        snapshots.snapshot_id,
        versions.line_id,
        min(versions.version_rank) as version_rank
    from versions
    inner join snapshots
        on
            versions.contract_code = snapshots.contract_code
            and versions.effective_on <= snapshots.effective_as_of
            and versions.recorded_on <= snapshots.known_as_of
            and coalesce(versions.as_of_date, versions.effective_on) <= snapshots.effective_as_of
    where versions.line_use = 'counted' or snapshots.snapshot_kind = 'current'
    group by snapshots.snapshot_id, versions.line_id
),

final as (
    select
        latest.snapshot_id,
        versions.version_id,
        versions.line_id,
        versions.parent_line_id,
        versions.line_use,
        versions.is_withdrawn
    from latest
    inner join versions on latest.line_id = versions.line_id and latest.version_rank = versions.version_rank
)

select * from final
