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
    select
        'unspecified' as fund_key,
        'Non précisé' as label_fr,
        null as partner_key
)

select * from final
