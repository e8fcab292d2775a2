with funding_rows as (
    select * from {{ ref('int_funding_rows') }}
    where snapshot like 'year %'
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

final as (
    select
        funding_rows.contract_code as contract_key,
        contracts.label_fr as contract_label_fr,
        cast(split_part(funding_rows.snapshot, ' ', 2) as integer) as calendar_year,
        cast(sum(case when funding_rows.stage = 'announced' then funding_rows.amount_eur end) as decimal(18, 2)) as announced_eur,
        cast(sum(case when funding_rows.stage = 'contracted' then funding_rows.amount_eur end) as decimal(18, 2)) as contracted_eur,
        cast(sum(case when funding_rows.stage = 'programmed' then funding_rows.amount_eur end) as decimal(18, 2)) as programmed_eur,
        cast(sum(case when funding_rows.stage = 'committed' then funding_rows.amount_eur end) as decimal(18, 2)) as committed_eur,
        cast(sum(case when funding_rows.stage = 'paid' then funding_rows.amount_eur end) as decimal(18, 2)) as paid_eur,
        cast(count(*) filter (where funding_rows.row_kind = 'line') as bigint) as financial_line_count
    from funding_rows
    inner join contracts on funding_rows.contract_code = contracts.contract_key
    group by
        funding_rows.contract_code,
        contracts.label_fr,
        funding_rows.snapshot
)

select * from final
