with axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

levels as (
    select * from {{ ref('int_axis_levels') }}
),

axis_themes as (
    select * from {{ ref('int_axis_themes') }}
),

named as (
    select
        axes.axis_code as axis_key,
        axes.contract_code as contract_key,
        axes.parent_axis_code,
        axes.level,
        axes.level_label_fr,
        axes.position,
        axes.label_fr,
        levels.level_1_code as volet_key,
        levels.level_1_label_fr as volet_label_fr,
        levels.level_2_label_fr,
        levels.level_3_label_fr,
        levels.level_4_label_fr,
        coalesce(axis_themes.theme_code, 'unspecified') as theme_key
    from axes
    inner join levels on axes.axis_code = levels.axis_code
    left join axis_themes on axes.axis_code = axis_themes.axis_code
),

final as (
    select * from named
    union all
    {{ unspecified_member('dim_axis') }}
)

select * from final
