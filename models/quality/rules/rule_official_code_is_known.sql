with territories as (
    select * from {{ ref('stg_contracts__territories') }}
    where official_code is not null and territory_type_code in ('region', 'departement', 'epci', 'commune')
),

official as (
    select * from {{ ref('stg_official__territories') }}
),

compared as (
    select
        territories.*,
        official.official_code is not null as is_known,
        with_zero.label_fr as label_with_zero
    from territories
    left join official
        on territories.territory_type_code = official.territory_type_code and territories.official_code = official.official_code
    left join official as with_zero
        on territories.territory_type_code = with_zero.territory_type_code and '0' || territories.official_code = with_zero.official_code
)

select
    'territory' as subject_type,
    territory_code as subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    case
        when is_known or label_with_zero is null then 'an official code of a ' || territory_type_code
        else '0' || official_code
    end as expected,
    official_code as found,
    cast(null as decimal(28, 2)) as difference,
    case when is_known then 'pass' else 'fail' end as status,
    case
        when is_known then 'the official reference has it'
        when label_with_zero is not null then 'the leading zero is lost: 0' || official_code || ' is ' || label_with_zero
        else 'no edition of the official reference has this ' || territory_type_code
    end as reason
from compared
