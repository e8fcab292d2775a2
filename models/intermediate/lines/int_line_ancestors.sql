-- every line above a line, within one snapshot and one use; a parent not yet known leaves a root, one that is withdrawn lets its parts
-- through to what stands above it
with recursive lines as (
    select
        snapshot,
        line_code,
        parent_line_code,
        line_use,
        is_withdrawn
    from {{ ref('int_lines_known') }}
),

climbs as (
    select
        snapshot,
        line_code,
        line_use,
        parent_line_code as next_line_code,
        cast(null as varchar) as ancestor_line_code,
        false as is_withdrawn,
        0 as distance
    from lines
    where parent_line_code is not null and not is_withdrawn

    union all

    select
        climbs.snapshot,
        climbs.line_code,
        climbs.line_use,
        parents.parent_line_code as next_line_code,
        parents.line_code as ancestor_line_code,
        parents.is_withdrawn,
        climbs.distance + 1 as distance
    from climbs
    inner join lines as parents
        on
            climbs.snapshot = parents.snapshot
            and climbs.next_line_code = parents.line_code
            and climbs.line_use = parents.line_use
    where climbs.distance < 50
)

select
    snapshot,
    line_code,
    ancestor_line_code,
    distance
from climbs
where distance > 0 and not is_withdrawn
