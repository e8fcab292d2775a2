with territories as (
    select * from {{ ref('stg_contracts__all_territories') }}
),

territory_types as (
    select * from {{ ref('stg_contracts__territory_types') }}
),

ancestors as (
    select * from {{ ref('bridge_territory_ancestor') }}
),

inhabited as (
    select
        territory_code,
        cast(sum(population) as bigint) as population
    from {{ ref('int_territory_communes') }}
    group by territory_code
),

reference_year as (
    select max(population_year) as population_year from {{ ref('stg_official__territories') }}
),

kept as (
    select distinct territory_key from ancestors
),

holders as (
    select
        ancestors.territory_key,
        ancestors.ancestor_type_code,
        territories.label_fr,
        territories.official_code,
        ancestors.population_share_percent
    from ancestors
    inner join territories on ancestors.ancestor_territory_key = territories.territory_code
),

-- an ancestor stands as a column only where the territory lies in a single one of that kind
lone_holders as (
    select
        territory_key,
        ancestor_type_code,
        min(label_fr) as label_fr,
        min(official_code) as official_code
    from holders
    group by territory_key, ancestor_type_code
    having count(*) = 1 and min(population_share_percent) = 100
),

single_ancestors as (
    select
        territory_key,
        max(label_fr) filter (where ancestor_type_code = 'epci') as epci_label_fr,
        max(official_code) filter (where ancestor_type_code = 'departement') as departement_code,
        max(label_fr) filter (where ancestor_type_code = 'departement') as departement_label_fr,
        max(official_code) filter (where ancestor_type_code = 'region') as region_code,
        max(label_fr) filter (where ancestor_type_code = 'region') as region_label_fr
    from lone_holders
    group by territory_key
),

named as (
    select
        territories.territory_code as territory_key,
        territories.label_fr,
        territories.territory_type_code,
        territory_types.label_fr as territory_type_label_fr,
        territory_types.label_en as territory_type_label_en,
        territories.official_code,
        territories.siren,
        territories.parent_territory_code,
        single_ancestors.epci_label_fr,
        single_ancestors.departement_code,
        single_ancestors.departement_label_fr,
        single_ancestors.region_code,
        single_ancestors.region_label_fr,
        inhabited.population,
        case when inhabited.population is not null then reference_year.population_year end as population_year,
        case
            when inhabited.population is not null then null
            when territories.successor_territory_code is not null then 'merged into another commune or intercommunality'
            when territories.territory_type_code = 'neighbourhood' then 'a site or neighbourhood is not counted by itself'
            when territories.members_basis = 'incomplete' then 'not all of its members are known'
            when territories.territory_type_code in ('perimeter', 'former_region') then 'its members are not known'
            when territories.official_code is null then 'no official code'
            else 'not counted by INSEE'
        end as population_caveat,
        territories.valid_from_year,
        territories.valid_to_year,
        territories.members_basis,
        territories.note
    from kept
    inner join territories on kept.territory_key = territories.territory_code
    inner join territory_types on territories.territory_type_code = territory_types.territory_type_code
    left join single_ancestors on kept.territory_key = single_ancestors.territory_key
    left join inhabited on territories.territory_code = inhabited.territory_code
    cross join reference_year
),

final as (
    select * from named
    union all
    {{ unspecified_member('dim_territory', {'population_caveat': "'no territory is stated'"}) }}
)

select * from final
