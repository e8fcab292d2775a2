with ancestors as (
    select * from {{ ref('int_line_ancestors') }}
),

versions as (
    select * from {{ ref('int_version_ranks') }}
    where amount_eur is not null
),

above as (
    select
        ancestors.snapshot_id,
        ancestors.parent_line_id,
        ancestors.line_use,
        ancestors.distance,
        ancestors.ancestor_line_id,
        case when ancestors.line_use = 'counted' then versions.stage else 'any' end as stage
    from ancestors
    inner join versions on ancestors.ancestor_version_id = versions.version_id
),

-- the nearest line at or above a parent that declares an amount of a stage is the total of its parts of that stage
final as (
    select
        snapshot_id,
        parent_line_id,
        line_use,
        stage,
        {{ first_by('ancestor_line_id', ['distance']) }} as total_line_id,
        {{ last_by('ancestor_line_id', ['distance']) }} as root_line_id,
        count(*) as level_number
    from above
    group by snapshot_id, parent_line_id, line_use, stage
)

select * from final
