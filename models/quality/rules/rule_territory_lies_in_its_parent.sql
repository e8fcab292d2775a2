with territories as (
    select * from {{ ref('stg_contracts__all_territories') }}
    where parent_territory_code is not null
),

communes as (
    select * from {{ ref('int_territory_communes') }}
),

known_parents as (
    select distinct territory_code from communes
),

compared as (
    select
        territories.territory_code,
        territories.parent_territory_code,
        count(*) as commune_count,
        count(inside.commune_code) as inside_count
    from territories
    inner join known_parents on territories.parent_territory_code = known_parents.territory_code
    inner join communes on territories.territory_code = communes.territory_code
    left join communes as inside
        on territories.parent_territory_code = inside.territory_code and communes.commune_code = inside.commune_code
    group by territories.territory_code, territories.parent_territory_code
)

select
    'territory' as subject_type,
    territory_code as subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    'inside ' || parent_territory_code as expected,
    inside_count || ' of ' || commune_count || ' communes' as found,
    cast(commune_count - inside_count as decimal(28, 2)) as difference,
    case when inside_count = commune_count then 'pass' else 'fail' end as status,
    'the communes of a territory lie in its parent; choose a parent that holds all of them' as reason
from compared
