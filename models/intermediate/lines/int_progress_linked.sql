-- counted rows, now and at each closing date, with whether they are of what their contract has contracted
with counted as (
    select * from {{ ref('int_rows_counted') }}
    where snapshot_kind in ('current', 'closing') and stage <> 'announced'
),

links as (
    select * from {{ ref('int_progress_links') }}
),

axis_levels as (
    select * from {{ ref('int_axis_levels') }}
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
        counted.stage = 'contracted' or links.line_id is not null as is_of_contract,
        counted.stage = 'contracted' or coalesce(links.is_in_same_cell, false) as is_of_cell
    from counted
    left join axis_levels on counted.axis_code = axis_levels.axis_code
    left join links on counted.snapshot_id = links.snapshot_id and counted.line_id = links.line_id
)

select * from final
