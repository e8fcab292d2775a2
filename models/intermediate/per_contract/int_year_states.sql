-- kept from build to build: a year-end shows the last state of each contract, whichever contracts a build works on
with snapshots as (
    select * from {{ ref('int_snapshots') }}
    where snapshot_kind = 'year'
),

funding_rows as (
    select * from {{ ref('int_rows_counted') }}
    where snapshot_kind = 'year'
),

final as (
    select
        snapshots.contract_code,
        snapshots.calendar_year,
        {% for stage in stages() -%}
            cast(sum(case when funding_rows.stage = '{{ stage }}' then funding_rows.amount_eur end) as decimal(28, 2)) as {{ stage }}_eur,
        {% endfor -%}
        count(funding_rows.line_id) as row_count,
        count(case when funding_rows.row_kind = 'line' then 1 end) as financial_line_count
    from snapshots
    left join funding_rows on snapshots.snapshot_id = funding_rows.snapshot_id
    group by snapshots.snapshot_id, snapshots.contract_code, snapshots.calendar_year
)

select * from final
