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
    {{ unspecified_member('dim_theme') }}
)

select * from final
