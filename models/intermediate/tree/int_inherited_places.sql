with ancestors as (
    select * from {{ ref('int_line_ancestors') }}
),

versions as (
    select * from {{ ref('int_version_ranks') }}
),

above as (
    select
        ancestors.snapshot_id,
        ancestors.parent_line_id,
        ancestors.line_use,
        ancestors.distance,
        versions.territory_code,
        versions.territory_relation,
        versions.period_start_year,
        versions.period_end_year
    from ancestors
    inner join versions on ancestors.ancestor_version_id = versions.version_id
    where
        coalesce(versions.territory_code, versions.territory_relation) is not null
        or coalesce(versions.period_start_year, versions.period_end_year) is not null
),

-- territory and period come from the nearest line at or above a parent that has its own
final as (
    select
        snapshot_id,
        parent_line_id,
        line_use,
        {{ first_by('territory_code', ['distance']) }} as territory_code,
        {{ first_by(
            'territory_relation', ['distance'], 'coalesce(territory_code, territory_relation) is not null', keep_null=true
        ) }} as territory_relation,
        bool_or(coalesce(period_start_year, period_end_year) is not null) as has_period,
        {{ first_by(
            'period_start_year', ['distance'], 'coalesce(period_start_year, period_end_year) is not null', keep_null=true
        ) }} as period_start_year,
        {{ first_by(
            'period_end_year', ['distance'], 'coalesce(period_start_year, period_end_year) is not null', keep_null=true
        ) }} as period_end_year
    from above
    group by snapshot_id, parent_line_id, line_use
)

select * from final
