-- is_whole: the territory lies in the holder as a whole; otherwise a part of it does
with territories as (
    select * from {{ ref('stg_contracts__all_territories') }}
),

members as (
    select * from {{ ref('stg_contracts__territory_members') }}
),

reference as (
    select
        reference.*,
        territories.territory_code
    from {{ ref('stg_official__territories') }} as reference
    inner join territories
        on reference.territory_type_code = territories.territory_type_code and reference.official_code = territories.official_code
    where reference.successor_code is null
),

-- a territory that is known by its communes may lie in its declared parent in part
declared as (
    select
        territory_code,
        parent_territory_code as holder_code,
        not is_official and coalesce(members_basis, 'incomplete') = 'incomplete' as is_whole
    from territories
    where parent_territory_code is not null
    union all
    select
        territory_code,
        successor_territory_code as holder_code,
        true as is_whole
    from territories
    where successor_territory_code is not null
),

communes as (
    select
        commune.territory_code,
        epci.territory_code as epci_territory_code,
        departement.territory_code as departement_territory_code
    from reference as commune
    left join reference as epci on commune.epci_code = epci.official_code and epci.territory_type_code = 'epci'
    left join reference as departement
        on commune.departement_code = departement.official_code and departement.territory_type_code = 'departement'
    where commune.territory_type_code = 'commune'
),

of_communes as (
    select
        territory_code,
        epci_territory_code as holder_code,
        true as is_whole
    from communes
    union all
    select
        territory_code,
        departement_territory_code as holder_code,
        true as is_whole
    from communes
),

of_epci as (
    select distinct
        epci_territory_code as territory_code,
        departement_territory_code as holder_code,
        min(departement_territory_code) over (partition by epci_territory_code)
        = max(departement_territory_code) over (partition by epci_territory_code) as is_whole
    from communes
    where epci_territory_code is not null
),

of_departements as (
    select
        departement.territory_code,
        region.territory_code as holder_code,
        true as is_whole
    from reference as departement
    inner join reference as region on departement.region_code = region.official_code and region.territory_type_code = 'region'
    where departement.territory_type_code = 'departement'
),

of_regions as (
    select
        region.territory_code,
        country.territory_code as holder_code,
        true as is_whole
    from reference as region
    inner join territories as country on country.territory_type_code = 'country' and country.official_code = 'FR'
    where region.territory_type_code = 'region'
),

-- a former région held its départements as the new one does
of_former_regions as (
    select
        members.member_territory_code as territory_code,
        members.territory_code as holder_code,
        true as is_whole
    from members
    inner join territories on members.territory_code = territories.territory_code
    where territories.territory_type_code = 'former_region'
),

links as (
    select * from declared
    union all
    select * from of_communes
    union all
    select * from of_epci
    union all
    select * from of_departements
    union all
    select * from of_regions
    union all
    select * from of_former_regions
),

-- a perimeter lies in part in what holds its members
of_perimeters as (
    select
        members.territory_code,
        links.holder_code,
        false as is_whole
    from members
    inner join links on members.member_territory_code = links.territory_code
    where members.territory_code <> links.holder_code
),

all_links as (
    select * from links
    union all
    select * from of_perimeters
),

final as (
    select
        territory_code,
        holder_code,
        bool_or(is_whole) as is_whole
    from all_links
    where holder_code is not null
    group by territory_code, holder_code
)

select * from final
