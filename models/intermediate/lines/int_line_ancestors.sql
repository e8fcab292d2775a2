-- every line at or above a line that others name as their parent, within one snapshot and one use; a parent not yet known leaves a
-- root, one that is withdrawn lets its parts through to what stands above it
with lines as (
    select * from {{ ref('int_lines_known') }}
),

named as (
    select distinct
        snapshot,
        parent_line_code
    from lines
    where parent_line_code is not null
),

parents as (
    select
        lines.snapshot,
        lines.line_code,
        lines.line_use,
        lines.parent_line_code,
        lines.is_withdrawn
    from named
    inner join lines on named.snapshot = lines.snapshot and named.parent_line_code = lines.line_code
),

links as (
    select
        parents.snapshot,
        parents.line_code,
        above.line_code as above_line_code
    from parents
    inner join parents as above
        on
            parents.snapshot = above.snapshot
            and parents.parent_line_code = above.line_code
            and parents.line_use = above.line_use
),

{{ climbs('links', 'line_code', 'above_line_code', keys=['snapshot']) }},

reached as (
    select
        snapshot,
        line_code as parent_line_code,
        line_code as ancestor_line_code,
        0 as distance
    from parents
    union all
    select
        snapshot,
        start_code as parent_line_code,
        reached_code as ancestor_line_code,
        distance
    from climbs
),

final as (
    select
        reached.snapshot,
        reached.parent_line_code,
        ancestors.line_use,
        reached.ancestor_line_code,
        reached.distance
    from reached
    inner join parents as ancestors on reached.snapshot = ancestors.snapshot and reached.ancestor_line_code = ancestors.line_code
    where not ancestors.is_withdrawn
)

select * from final
