with known as (
    select * from {{ ref('int_lines_at_snapshots') }}
),

versions as (
    select * from {{ ref('int_version_ranks') }}
    where not is_withdrawn
),

totals as (
    select * from {{ ref('int_totals_above') }}
),

places as (
    select * from {{ ref('int_inherited_places') }}
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

-- own place and years, else those of the line above, else those of the contract
inherited as (
    select
        known.snapshot_id,
        contract_snapshots.snapshot_kind,
        known.version_id,
        known.line_id,
        known.parent_line_id,
        known.line_use,
        versions.breakdown,
        versions.stage,
        versions.amount_eur,
        versions.amount_low_eur,
        versions.amount_high_eur,
        versions.axis_code,
        versions.is_by_partner,
        versions.is_by_axis,
        versions.inherits_period,
        versions.period_start_year as own_start_year,
        versions.period_end_year as own_end_year,
        coalesce(versions.territory_code, places.territory_code, contract_snapshots.territory_code) as territory_code,
        coalesce(
            versions.territory_relation, case when versions.territory_code is null then places.territory_relation end
        ) as territory_relation,
        case when places.has_period then places.period_start_year else contract_snapshots.period_start_year end as start_year_above,
        case when places.has_period then places.period_end_year else contract_snapshots.period_end_year end as end_year_above,
        -- what is committed or paid belongs to no year after its document
        case
            when versions.stage in ('committed', 'paid')
                then cast(extract(year from coalesce(versions.as_of_date, versions.recorded_on)) as integer)
            else 9999
        end as last_possible_year
    from known
    inner join versions on known.version_id = versions.version_id
    inner join contract_snapshots on known.snapshot_id = contract_snapshots.snapshot_id
    left join places
        on
            known.snapshot_id = places.snapshot_id
            and known.parent_line_id = places.parent_line_id
            and known.line_use = places.line_use
),

final as (
    select
        inherited.snapshot_id,
        inherited.snapshot_kind,
        inherited.version_id,
        inherited.line_id,
        inherited.line_use,
        inherited.breakdown,
        inherited.stage,
        inherited.amount_eur,
        inherited.amount_low_eur,
        inherited.amount_high_eur,
        inherited.axis_code,
        inherited.is_by_partner,
        inherited.is_by_axis,
        inherited.territory_code,
        inherited.territory_relation,
        case
            when coalesce(inherited.own_start_year, inherited.own_end_year) is not null then inherited.own_start_year
            when inherited.start_year_above is not null and inherited.inherits_period
                then least(inherited.start_year_above, inherited.last_possible_year)
        end as period_start_year,
        case
            when coalesce(inherited.own_start_year, inherited.own_end_year) is not null then inherited.own_end_year
            when inherited.end_year_above is not null and inherited.inherits_period
                then least(inherited.end_year_above, inherited.last_possible_year)
        end as period_end_year,
        totals.total_line_id,
        coalesce(totals.root_line_id, inherited.line_id) as root_line_id,
        coalesce(totals.level_number, 0) as level_number
    from inherited
    left join totals
        on
            inherited.snapshot_id = totals.snapshot_id
            and inherited.parent_line_id = totals.parent_line_id
            and inherited.line_use = totals.line_use
            and case when inherited.line_use = 'counted' then inherited.stage else 'any' end = totals.stage
)

select * from final
