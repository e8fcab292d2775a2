{{ config(materialized='table') }}
-- a territory that the seeds name keeps their code; any other official one goes by kind and official code
with named as (
    select * from {{ ref('stg_contracts__territories') }}
),

official as (
    select * from {{ ref('stg_official__territories') }}
    where successor_code is null
),

coded as (
    select
        official.*,
        coalesce(named.territory_code, official.official_territory_code) as territory_code,
        named.territory_code is not null as is_named
    from official
    left join named
        on official.territory_type_code = named.territory_type_code and official.official_code = named.official_code
),

former as (
    select * from {{ ref('stg_official__territories') }}
    where successor_code is not null
),

final as (
    select
        named.territory_code,
        named.label_fr,
        named.territory_type_code,
        named.official_code,
        coalesce(coded.siren, former.siren) as siren,
        named.parent_territory_code,
        coalesce(named.valid_from_year, coded.valid_from_year) as valid_from_year,
        coalesce(named.valid_to_year, former.valid_to_year) as valid_to_year,
        successors.territory_code as successor_territory_code,
        coded.population,
        coded.population_year,
        coded.official_code is not null as is_official,
        named.members_basis,
        named.note
    from named
    left join coded on named.territory_code = coded.territory_code
    left join former
        on named.territory_type_code = former.territory_type_code and named.official_code = former.official_code
    left join coded as successors
        on former.territory_type_code = successors.territory_type_code and former.successor_code = successors.official_code
    union all
    select
        territory_code,
        label_fr,
        territory_type_code,
        official_code,
        siren,
        null as parent_territory_code,
        valid_from_year,
        null as valid_to_year,
        null as successor_territory_code,
        population,
        population_year,
        true as is_official,
        null as members_basis,
        null as note
    from coded
    where not is_named
)

select * from final
