-- counted rows at every closing date of their contract, one row per volet, territory and closing date
with progress as (
    select * from {{ ref('int_progress_linked') }}
    where snapshot_kind = 'closing'
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

cells as (
    select
        snapshot_id,
        volet_code,
        territory_code,
        {% for stage in stages()[2:] -%}
            sum(amount_eur) filter (where stage = '{{ stage }}') as all_{{ stage }}_eur,
        {% endfor -%}
        {{ progress_sums('is_of_cell') }}
    from progress
    group by snapshot_id, volet_code, territory_code
),

final as (
    select
        snapshots.contract_code,
        snapshots.closing_date,
        cells.*
    from cells
    inner join snapshots on cells.snapshot_id = snapshots.snapshot_id
)

select * from final
