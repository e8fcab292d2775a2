-- depends_on: {{ ref('int_seeds_checked') }}
with territories as (
    select * from {{ ref('stg_contracts__territories') }}
),

territory_types as (
    select * from {{ ref('stg_contracts__territory_types') }}
),

ancestors as (
    select * from {{ ref('bridge_territory_ancestor') }}
),

-- an ancestor stands as a column only where the territory has a single one of that type
single_ancestors as (
    select
        ancestors.territory_key,
        case
            when count(*) filter (where ancestors.ancestor_type_code = 'departement') = 1
                then max(territories.label_fr) filter (where ancestors.ancestor_type_code = 'departement')
        end as departement_label_fr,
        case
            when count(*) filter (where ancestors.ancestor_type_code = 'region') = 1
                then max(territories.label_fr) filter (where ancestors.ancestor_type_code = 'region')
        end as region_label_fr
    from ancestors
    inner join territories on ancestors.ancestor_territory_key = territories.territory_code
    group by ancestors.territory_key
),

named as (
    select
        territories.territory_code as territory_key,
        territories.label_fr,
        territories.territory_type_code,
        territory_types.label_fr as territory_type_label_fr,
        territory_types.label_en as territory_type_label_en,
        territories.official_code,
        territories.parent_territory_code,
        single_ancestors.departement_label_fr,
        single_ancestors.region_label_fr,
        territories.valid_from_year,
        territories.valid_to_year
    from territories
    inner join territory_types on territories.territory_type_code = territory_types.territory_type_code
    left join single_ancestors on territories.territory_code = single_ancestors.territory_key
),

final as (
    select * from named
    union all by name
    select
        'unspecified' as territory_key,
        'Non précisé' as label_fr,
        'unspecified' as territory_type_code,
        'Non précisé' as territory_type_label_fr,
        'Not stated' as territory_type_label_en
)

select * from final
