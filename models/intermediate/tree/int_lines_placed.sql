with known as (
    select * from {{ ref('int_lines_known') }}
),

versions as (
    select * from {{ ref('int_versions_numbered') }}
    where not is_withdrawn
),

totals as (
    select * from {{ ref('int_totals_above') }}
),

places as (
    select * from {{ ref('int_places_above') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

contract_snapshots as (
    select
        snapshots.snapshot_id,
        snapshots.snapshot_kind,
        contracts.territory_code,
        contracts.period_start_year,
        contracts.period_end_year
    from snapshots
    inner join contracts on snapshots.contract_code = contracts.contract_code
),

final as (
    select
        known.snapshot_id,
        contract_snapshots.snapshot_kind,
        known.version_id,
        known.line_id,
        known.line_use,
        versions.breakdown,
        versions.stage,
        versions.amount_eur,
        versions.amount_low_eur,
        versions.amount_high_eur,
        versions.axis_code,
        versions.is_by_partner,
        versions.is_by_axis,
        coalesce(versions.territory_code, places.territory_code, contract_snapshots.territory_code) as territory_code,
        case
            when coalesce(versions.period_start_year, versions.period_end_year) is not null then versions.period_start_year
            when places.has_period then places.period_start_year
            else contract_snapshots.period_start_year
        end as period_start_year,
        case
            when coalesce(versions.period_start_year, versions.period_end_year) is not null then versions.period_end_year
            when places.has_period then places.period_end_year
            else contract_snapshots.period_end_year
        end as period_end_year,
        totals.total_line_id,
        coalesce(totals.root_line_id, known.line_id) as root_line_id,
        coalesce(totals.level_number, 0) as level_number
    from known
    inner join versions on known.version_id = versions.version_id
    inner join contract_snapshots on known.snapshot_id = contract_snapshots.snapshot_id
    left join places
        on
            known.snapshot_id = places.snapshot_id
            and known.parent_line_id = places.parent_line_id
            and known.line_use = places.line_use
    left join totals
        on
            known.snapshot_id = totals.snapshot_id
            and known.parent_line_id = totals.parent_line_id
            and known.line_use = totals.line_use
            and case when known.line_use = 'counted' then versions.stage else 'any' end = totals.stage
)

select * from final
