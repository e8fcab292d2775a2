-- which counted rows are progress of money that their contract has contracted, now and at each closing date
with counted as (
    select * from {{ ref('int_rows_counted') }}
    where snapshot_kind in ('current', 'closing') and stage <> 'announced'
),

lines as (
    select * from {{ ref('int_lines_placed') }}
    where line_use = 'counted' and snapshot_kind in ('current', 'closing') and amount_eur is not null
),

axis_levels as (
    select * from {{ ref('int_axis_levels') }}
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
    inner join {{ ref('int_versions_numbered') }} as versions on lines.version_id = versions.version_id
    left join axis_levels on lines.axis_code = axis_levels.axis_code
),

progress as (
    select * from described
    where stage in ('programmed', 'committed', 'paid')
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
    inner join {{ ref('int_lines_known') }} as known on progress.snapshot_id = known.snapshot_id and progress.line_id = known.line_id
    inner join
        {{ ref('int_line_ancestors') }} as above
        on known.snapshot_id = above.snapshot_id and known.parent_line_id = above.parent_line_id
    inner join own_links on progress.snapshot_id = own_links.snapshot_id and above.ancestor_line_id = own_links.line_id
    where above.line_use = 'counted'
),

linked as (
    select
        progress.snapshot_id,
        progress.line_id,
        bool_or(links.volet_code = progress.volet_code and links.territory_code = progress.territory_code) as is_in_same_cell
    from progress
    inner join links on progress.snapshot_id = links.snapshot_id and progress.line_id = links.line_id
    group by progress.snapshot_id, progress.line_id
),

final as (
    select
        counted.snapshot_id,
        counted.snapshot_kind,
        counted.line_id,
        counted.stage,
        coalesce(axis_levels.level_1_code, 'unspecified') as volet_code,
        coalesce(counted.territory_code, 'unspecified') as territory_code,
        counted.amount_eur,
        counted.amount_low_eur,
        counted.amount_high_eur,
        counted.stage = 'contracted' or linked.line_id is not null as is_of_contract,
        counted.stage = 'contracted' or coalesce(linked.is_in_same_cell, false) as is_of_cell
    from counted
    left join axis_levels on counted.axis_code = axis_levels.axis_code
    left join linked on counted.snapshot_id = linked.snapshot_id and counted.line_id = linked.line_id
)

select * from final
