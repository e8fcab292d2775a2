-- counted rows at every closing date of their contract, one row per volet, territory and closing date
with funding_rows as (
    select * from {{ ref('int_rows_counted') }}
    where snapshot_kind = 'closing'
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

axis_levels as (
    select * from {{ ref('int_axis_levels') }}
),

final as (
    select
        snapshots.contract_code,
        coalesce(axis_levels.level_1_code, 'unspecified') as volet_code,
        coalesce(funding_rows.territory_code, 'unspecified') as territory_code,
        snapshots.closing_date,
        sum(case when funding_rows.stage = 'contracted' then funding_rows.amount_eur end) as contracted_eur,
        sum(case when funding_rows.stage = 'programmed' then funding_rows.amount_eur end) as programmed_eur,
        sum(case when funding_rows.stage = 'committed' then funding_rows.amount_eur end) as committed_eur,
        sum(case when funding_rows.stage = 'paid' then funding_rows.amount_eur end) as paid_eur,
        sum(case when funding_rows.stage = 'contracted' then funding_rows.amount_low_eur end) as contracted_low_eur,
        sum(case when funding_rows.stage = 'programmed' then funding_rows.amount_low_eur end) as programmed_low_eur,
        sum(case when funding_rows.stage = 'committed' then funding_rows.amount_low_eur end) as committed_low_eur,
        sum(case when funding_rows.stage = 'paid' then funding_rows.amount_low_eur end) as paid_low_eur,
        {{ high_bound("funding_rows.stage = 'contracted'") }} as contracted_high_eur,
        {{ high_bound("funding_rows.stage = 'programmed'") }} as programmed_high_eur,
        {{ high_bound("funding_rows.stage = 'committed'") }} as committed_high_eur,
        {{ high_bound("funding_rows.stage = 'paid'") }} as paid_high_eur
    from funding_rows
    inner join snapshots on funding_rows.snapshot_id = snapshots.snapshot_id
    left join axis_levels on funding_rows.axis_code = axis_levels.axis_code
    where funding_rows.stage <> 'announced'
    group by
        snapshots.contract_code,
        coalesce(axis_levels.level_1_code, 'unspecified'),
        coalesce(funding_rows.territory_code, 'unspecified'),
        snapshots.closing_date
)

select * from final
