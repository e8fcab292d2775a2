-- what is contracted now, and the progress of it
with progress as (
    select * from {{ ref('int_progress_linked') }}
    where snapshot_kind = 'current'
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

sums as (
    select
        snapshot_id,
        {{ progress_sums('is_of_contract') }}
    from progress
    group by snapshot_id
),

final as (
    select
        snapshots.contract_code,
        sums.*
    from sums
    inner join snapshots on sums.snapshot_id = snapshots.snapshot_id
)

select * from final
