with funding as (
    select * from {{ ref('fct_funding') }}
),

keys as (
    select distinct period_key from funding
    where period_key <> 'unspecified'
),

-- an unknown bound is printed as a question mark
periods as (
    select
        period_key,
        cast(nullif(split_part(period_key, '-', 1), '?') as integer) as period_start_year,
        cast(nullif(split_part(period_key, '-', 2), '?') as integer) as period_end_year
    from keys
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
    {{ unspecified_member('dim_period', {'label_fr': "'Non précisée'"}) }}
)

select * from final
