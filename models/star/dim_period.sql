with funding_rows as (
    select * from {{ ref('int_funding_rows') }}
),

periods as (
    select distinct
        {{ period_key('period_start_year', 'period_end_year') }} as period_key,
        period_start_year,
        period_end_year
    from funding_rows
    where coalesce(period_start_year, period_end_year) is not null
),

final as (
    select
        period_key,
        replace(period_key, '?', '…') as label_fr,
        period_start_year,
        period_end_year,
        period_end_year - period_start_year + 1 as year_count
    from periods
    union all
    select
        'unspecified' as period_key,
        'Non précisée' as label_fr,
        null as period_start_year,
        null as period_end_year,
        null as year_count
)

select * from final
