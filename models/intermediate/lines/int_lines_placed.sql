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

climbed as (
    select
        ancestors.snapshot,
        ancestors.line_code,
        ancestors.distance,
        above.line_code as above_line_code,
        above.amount_eur is not null and (above.stage = lines.stage or lines.line_use <> 'counted') as is_total,
        coalesce(above.territory_code, operations.territory_code) as territory_code,
        above.period_start_year,
        above.period_end_year
    from ancestors
    inner join lines on ancestors.snapshot = lines.snapshot and ancestors.line_code = lines.line_code
    inner join lines as above on ancestors.snapshot = above.snapshot and ancestors.ancestor_line_code = above.line_code
    left join operations on above.operation_code = operations.operation_code
),

-- the nearest line above that declares an amount of the same stage is the total that the line is a part of;
-- territory and period come from the nearest line above that has its own
inherited as (
    select
        snapshot,
        line_code,
        arg_min(above_line_code, distance) filter (where is_total) as total_line_code,
        arg_max(above_line_code, distance) filter (where is_total) as root_line_code,
        arg_min(territory_code, distance) as territory_code,
        count(*) filter (where is_total) as level_number,
        bool_or(coalesce(period_start_year, period_end_year) is not null) as has_period,
        arg_min_null(period_start_year, distance) filter (
            where coalesce(period_start_year, period_end_year) is not null
        ) as period_start_year,
        arg_min_null(period_end_year, distance) filter (
            where coalesce(period_start_year, period_end_year) is not null
        ) as period_end_year
    from climbed
    group by snapshot, line_code
),

final as (
    select
        lines.* exclude (territory_code, theme_code, period_start_year, period_end_year),
        inherited.total_line_code,
        coalesce(inherited.root_line_code, lines.line_code) as root_line_code,
        coalesce(inherited.level_number, 0) as level_number,
        coalesce(
            lines.territory_code, operations.territory_code, inherited.territory_code, contracts.territory_code
        ) as territory_code,
        coalesce(lines.theme_code, axis_themes.theme_code) as theme_code,
        case
            when coalesce(lines.period_start_year, lines.period_end_year) is not null then lines.period_start_year
            when inherited.has_period then inherited.period_start_year
            else contracts.period_start_year
        end as period_start_year,
        case
            when coalesce(lines.period_start_year, lines.period_end_year) is not null then lines.period_end_year
            when inherited.has_period then inherited.period_end_year
            else contracts.period_end_year
        end as period_end_year
    from lines
    inner join contracts on lines.contract_code = contracts.contract_code
    left join inherited on lines.snapshot = inherited.snapshot and lines.line_code = inherited.line_code
    left join operations on lines.operation_code = operations.operation_code
    left join axis_themes on lines.axis_code = axis_themes.axis_code
)

select * from final
