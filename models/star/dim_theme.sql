with themes as (
    select * from {{ ref('stg_contracts__themes') }}
),

final as (
    select
        theme_code as theme_key,
        label_fr,
        label_en,
        cofog_division_code,
        cofog_division_label_en
    from themes
    union all
    select
        'unspecified' as theme_key,
        'Non précisé' as label_fr,
        'Not stated' as label_en,
        null as cofog_division_code,
        null as cofog_division_label_en
)

select * from final
