-- every line at or above a line that others name as their parent, within one snapshot and one use; a parent not yet known leaves a
-- root, one that is withdrawn lets its parts through to what stands above it
with lines as (
    select * from {{ ref('int_lines_at_snapshots') }}
),

named as (
    select distinct
        snapshot_id,
        parent_line_id
    from lines
    where parent_line_id is not null
),

parents as (
    select lines.*
    from named
    inner join lines on named.snapshot_id = lines.snapshot_id and named.parent_line_id = lines.line_id
),

links as (
    select
        parents.snapshot_id,
        parents.line_id,
        above.line_id as above_line_id
    from parents
    inner join parents as above
        on
            parents.snapshot_id = above.snapshot_id
            and parents.parent_line_id = above.line_id
            and parents.line_use = above.line_use
),

{{ climbs('links', 'line_id', 'above_line_id', keys=['snapshot_id']) }},

reached as (
    select
        snapshot_id,
        line_id as parent_line_id,
        line_id as ancestor_line_id,
        0 as distance
    from parents
    union all
    select
        snapshot_id,
        start_code as parent_line_id,
        reached_code as ancestor_line_id,
        distance
    from climbs
),

final as (
    select
        reached.snapshot_id,
        reached.parent_line_id,
        ancestors.line_use,
        reached.ancestor_line_id,
        ancestors.version_id as ancestor_version_id,
        reached.distance
    from reached
    inner join parents as ancestors
        on reached.snapshot_id = ancestors.snapshot_id and reached.ancestor_line_id = ancestors.line_id
    where not ancestors.is_withdrawn
)

select * from final
