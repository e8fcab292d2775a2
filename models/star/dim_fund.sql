with funds as (
    select * from {{ ref('stg_contracts__funds') }}
),

final as (
    select
        fund_code as fund_key,
        label_fr,
        partner_code as partner_key
    from funds
    union all
    {{ unspecified_member('dim_fund') }}
)

select * from final
