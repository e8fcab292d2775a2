with territories as (
    select * from {{ ref('stg_contracts__territories') }}
    where territory_type_code in ('region', 'departement', 'epci', 'commune')
),

official as (
    select * from {{ ref('stg_official__territories') }}
)

select
    'territory' as subject_type,
    territories.territory_code as subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    coalesce(official.successor_code, official.official_code) as expected,
    official.official_code as found,
    cast(null as decimal(28, 2)) as difference,
    case when official.successor_code is null then 'pass' else 'fail' end as status,
    case
        when official.successor_code is null then 'the code is in use'
        else
            'the code is out of use' || coalesce(' since ' || (official.valid_to_year + 1), '')
            || ': its inhabitants are counted in ' || official.successor_code || ' ' || successors.label_fr
    end as reason
from territories
inner join official
    on territories.territory_type_code = official.territory_type_code and territories.official_code = official.official_code
left join official as successors
    on official.territory_type_code = successors.territory_type_code and official.successor_code = successors.official_code
