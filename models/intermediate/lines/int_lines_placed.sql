with lines as (
    select * from {{ ref('int_lines_in_force') }}
),

ancestors as (
    select * from {{ ref('int_line_ancestors') }}
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

operations as (
    select * from {{ ref('stg_contracts__operations') }}
),

axis_themes as (
    select * from {{ ref('int_axis_themes') }}
),

above as (
    select
        ancestors.snapshot,
        ancestors.parent_line_code,
        ancestors.line_use,
        ancestors.distance,
        lines.line_code,
        case when ancestors.line_use = 'counted' then lines.stage else 'any' end as stage,
        lines.amount_eur,
        coalesce(lines.territory_code, operations.territory_code) as territory_code,
        lines.period_start_year,
        lines.period_end_year
    from ancestors
    inner join lines on ancestors.snapshot = lines.snapshot and ancestors.ancestor_line_code = lines.line_code
    left join operations on lines.operation_code = operations.operation_code
),

-- the nearest line at or above a parent that declares an amount of a stage is the total of its parts of that stage
totals as (
    select
        snapshot,
        parent_line_code,
        line_use,
        stage,
        {{ first_by('line_code', ['distance']) }} as total_line_code,
        {{ last_by('line_code', ['distance']) }} as root_line_code,
        count(*) as level_number
    from above
    where amount_eur is not null
    group by snapshot, parent_line_code, line_use, stage
),

-- territory and period come from the nearest line at or above a parent that has its own
places as (
    select
        snapshot,
        parent_line_code,
        line_use,
        {{ first_by('territory_code', ['distance']) }} as territory_code,
        bool_or(coalesce(period_start_year, period_end_year) is not null) as has_period,
        {{ first_by(
            'period_start_year', ['distance'], 'coalesce(period_start_year, period_end_year) is not null', keep_null=true
        ) }} as period_start_year,
        {{ first_by(
            'period_end_year', ['distance'], 'coalesce(period_start_year, period_end_year) is not null', keep_null=true
        ) }} as period_end_year
    from above
    group by snapshot, parent_line_code, line_use
),

final as (
    select
        lines.snapshot,
        lines.contract_code,
        lines.line_code,
        lines.line_use,
        lines.parent_line_code,
        lines.breakdown,
        lines.stage,
        lines.instrument,
        lines.document_status,
        lines.axis_code,
        coalesce(lines.theme_code, axis_themes.theme_code) as theme_code,
        lines.partner_code,
        lines.operation_code,
        coalesce(lines.territory_code, operations.territory_code, places.territory_code, contracts.territory_code) as territory_code,
        case
            when coalesce(lines.period_start_year, lines.period_end_year) is not null then lines.period_start_year
            when places.has_period then places.period_start_year
            else contracts.period_start_year
        end as period_start_year,
        case
            when coalesce(lines.period_start_year, lines.period_end_year) is not null then lines.period_end_year
            when places.has_period then places.period_end_year
            else contracts.period_end_year
        end as period_end_year,
        lines.amount_eur,
        lines.amount_low_eur,
        lines.amount_high_eur,
        lines.as_of_date,
        lines.effective_on,
        lines.recorded_on,
        totals.total_line_code,
        coalesce(totals.root_line_code, lines.line_code) as root_line_code,
        coalesce(totals.level_number, 0) as level_number
    from lines
    inner join contracts on lines.contract_code = contracts.contract_code
    left join places
        on
            lines.snapshot = places.snapshot
            and lines.parent_line_code = places.parent_line_code
            and lines.line_use = places.line_use
    left join totals
        on
            lines.snapshot = totals.snapshot
            and lines.parent_line_code = totals.parent_line_code
            and lines.line_use = totals.line_use
            and case when lines.line_use = 'counted' then lines.stage else 'any' end = totals.stage
    left join operations on lines.operation_code = operations.operation_code
    left join axis_themes on lines.axis_code = axis_themes.axis_code
)

select * from final
