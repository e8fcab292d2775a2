-- kept from build to build: a year-end shows the last state of each contract, whichever contracts a build works on
with snapshots as (
    select * from {{ ref('int_snapshots') }}
    where snapshot like 'year %'
),

funding_rows as (
    select * from {{ ref('int_funding_rows') }}
    where snapshot like 'year %'
),

final as (
    select
        snapshots.contract_code,
        cast(split_part(snapshots.snapshot, ' ', 2) as integer) as calendar_year,
        cast(sum(case when funding_rows.stage = 'announced' then funding_rows.amount_eur end) as decimal(18, 2)) as announced_eur,
        cast(sum(case when funding_rows.stage = 'contracted' then funding_rows.amount_eur end) as decimal(18, 2)) as contracted_eur,
        cast(sum(case when funding_rows.stage = 'programmed' then funding_rows.amount_eur end) as decimal(18, 2)) as programmed_eur,
        cast(sum(case when funding_rows.stage = 'committed' then funding_rows.amount_eur end) as decimal(18, 2)) as committed_eur,
        cast(sum(case when funding_rows.stage = 'paid' then funding_rows.amount_eur end) as decimal(18, 2)) as paid_eur,
        count(funding_rows.line_code) as row_count,
        count(case when funding_rows.row_kind = 'line' then 1 end) as financial_line_count
    from snapshots
    left join funding_rows on snapshots.contract_code = funding_rows.contract_code and snapshots.snapshot = funding_rows.snapshot
    group by snapshots.contract_code, snapshots.snapshot
)

select * from final
