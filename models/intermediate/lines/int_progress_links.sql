-- which lines of programmed, committed or paid money are progress of money that their contract has contracted
with lines as (
    select * from {{ ref('int_lines_in_tree') }}
    where line_use = 'counted' and snapshot_kind in ('current', 'closing') and amount_eur is not null
),

versions as (
    select * from {{ ref('int_version_ranks') }}
),

axis_levels as (
    select * from {{ ref('int_axis_levels') }}
),

known as (
    select * from {{ ref('int_lines_at_snapshots') }}
),

ancestors as (
    select * from {{ ref('int_line_ancestors') }}
    where line_use = 'counted'
),

described as (
    select
        lines.snapshot_id,
        lines.line_id,
        lines.stage,
        versions.progress_of_line_id,
        versions.operation_code,
        coalesce(versions.partner_code, 'unspecified') as partner_code,
        coalesce(lines.axis_code, 'unspecified') as axis_code,
        coalesce(axis_levels.level_1_code, 'unspecified') as volet_code,
        coalesce(lines.territory_code, 'unspecified') as territory_code
    from lines
    inner join versions on lines.version_id = versions.version_id
    left join axis_levels on lines.axis_code = axis_levels.axis_code
),

progress as (
    select * from described
    where {{ is_progress('stage') }}
),

contracted as (
    select * from described
    where stage = 'contracted'
),

contracted_operations as (
    select distinct
        snapshot_id,
        operation_code,
        partner_code,
        volet_code,
        territory_code
    from contracted
    where operation_code is not null
),

contracted_axes as (
    select distinct
        snapshot_id,
        axis_code,
        partner_code,
        volet_code,
        territory_code
    from contracted
    where operation_code is null
),

-- named by the line; else of the same operation, or of the same axis and funder
own_links as (
    select
        progress.snapshot_id,
        progress.line_id,
        contracted.volet_code,
        contracted.territory_code
    from progress
    inner join contracted on progress.snapshot_id = contracted.snapshot_id and progress.progress_of_line_id = contracted.line_id
    union all
    select
        progress.snapshot_id,
        progress.line_id,
        contracted_operations.volet_code,
        contracted_operations.territory_code
    from progress
    inner join contracted_operations
        on progress.snapshot_id = contracted_operations.snapshot_id and progress.operation_code = contracted_operations.operation_code
    where
        progress.progress_of_line_id is null
        and (
            progress.partner_code = contracted_operations.partner_code
            or 'unspecified' in (progress.partner_code, contracted_operations.partner_code)
        )
    union all
    select
        progress.snapshot_id,
        progress.line_id,
        contracted_axes.volet_code,
        contracted_axes.territory_code
    from progress
    inner join contracted_axes
        on
            progress.snapshot_id = contracted_axes.snapshot_id
            and progress.axis_code = contracted_axes.axis_code
            and progress.partner_code = contracted_axes.partner_code
    where progress.progress_of_line_id is null
),

-- a part of progress belongs to what the whole belongs to
links as (
    select * from own_links
    union all
    select
        progress.snapshot_id,
        progress.line_id,
        own_links.volet_code,
        own_links.territory_code
    from progress
    inner join known on progress.snapshot_id = known.snapshot_id and progress.line_id = known.line_id
    inner join ancestors on known.snapshot_id = ancestors.snapshot_id and known.parent_line_id = ancestors.parent_line_id
    inner join own_links on progress.snapshot_id = own_links.snapshot_id and ancestors.ancestor_line_id = own_links.line_id
),

final as (
    select
        progress.snapshot_id,
        progress.line_id,
        bool_or(links.volet_code = progress.volet_code and links.territory_code = progress.territory_code) as is_in_same_cell
    from progress
    inner join links on progress.snapshot_id = links.snapshot_id and progress.line_id = links.line_id
    group by progress.snapshot_id, progress.line_id
)

select * from final
