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

-- many rows: what is above each is joined before the many columns of its version
placed as (
    select
        known.*,
        places.territory_code as territory_code_above,
        places.territory_relation as territory_relation_above,
        places.has_period,
        places.period_start_year,
        places.period_end_year
    from known
    left join places
        on
            known.snapshot_id = places.snapshot_id
            and known.parent_line_id = places.parent_line_id
            and known.line_use = places.line_use
),

described as (
    select
        placed.snapshot_id,
        placed.version_id,
        placed.line_id,
        placed.line_use,
        placed.territory_code_above,
        placed.territory_relation_above,
        placed.has_period,
        placed.period_start_year as start_year_above,
        placed.period_end_year as end_year_above,
        versions.breakdown,
        versions.stage,
        versions.amount_eur,
        versions.amount_low_eur,
        versions.amount_high_eur,
        versions.axis_code,
        versions.is_by_partner,
        versions.is_by_axis,
        versions.inherits_period,
        versions.period_start_year,
        versions.period_end_year,
        versions.territory_code,
        versions.territory_relation,
        totals.total_line_id,
        coalesce(totals.root_line_id, placed.line_id) as root_line_id,
        coalesce(totals.level_number, 0) as level_number,
        -- what is committed or paid belongs to no year after its document
        case
            when versions.stage in ('committed', 'paid')
                then cast(extract(year from coalesce(versions.as_of_date, versions.recorded_on)) as integer)
            else 9999
        end as last_possible_year
    from placed
    inner join versions on placed.version_id = versions.version_id
    left join totals
        on
            placed.snapshot_id = totals.snapshot_id
            and placed.parent_line_id = totals.parent_line_id
            and placed.line_use = totals.line_use
            and case when placed.line_use = 'counted' then versions.stage else 'any' end = totals.stage
),

-- place and years of the line above, else those of the contract
inherited as (
    select
        described.*,
        contract_snapshots.snapshot_kind,
        coalesce(described.territory_code_above, contract_snapshots.territory_code) as inherited_territory_code,
        case when described.has_period then described.start_year_above else contract_snapshots.period_start_year end as start_year,
        case when described.has_period then described.end_year_above else contract_snapshots.period_end_year end as end_year
    from described
    inner join contract_snapshots on described.snapshot_id = contract_snapshots.snapshot_id
),

final as (
    select
        snapshot_id,
        snapshot_kind,
        version_id,
        line_id,
        line_use,
        breakdown,
        stage,
        amount_eur,
        amount_low_eur,
        amount_high_eur,
        axis_code,
        is_by_partner,
        is_by_axis,
        coalesce(territory_code, inherited_territory_code) as territory_code,
        coalesce(territory_relation, case when territory_code is null then territory_relation_above end) as territory_relation,
        case
            when coalesce(period_start_year, period_end_year) is not null then period_start_year
            when start_year is not null and inherits_period then least(start_year, last_possible_year)
        end as period_start_year,
        case
            when coalesce(period_start_year, period_end_year) is not null then period_end_year
            when end_year is not null and inherits_period then least(end_year, last_possible_year)
        end as period_end_year,
        total_line_id,
        root_line_id,
        level_number
    from inherited
)

select * from final
