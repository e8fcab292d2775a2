-- one official territory has one code: that of the seeds where they name it, else kind and official code
with territories as (
    select * from {{ ref('stg_contracts__territories') }}
),

official as (
    select * from {{ ref('stg_official__territories') }}
),

used as (
    select
        'contracts' as table_name,
        contract_code as row_key,
        'territory_code' as column_name,
        territory_code
    from {{ ref('stg_contracts__contracts') }}
    union all
    select
        'operations' as table_name,
        operation_code as row_key,
        'territory_code' as column_name,
        territory_code
    from {{ ref('stg_contracts__operations') }}
    union all
    select
        'financial_lines' as table_name,
        line_code as row_key,
        'territory_code' as column_name,
        territory_code
    from {{ ref('stg_contracts__financial_lines') }}
    union all
    select
        'territories' as table_name,
        territory_code as row_key,
        'parent_territory_code' as column_name,
        parent_territory_code as territory_code
    from territories
    union all
    select
        'territory_members' as table_name,
        territory_code as row_key,
        'member_territory_code' as column_name,
        member_territory_code as territory_code
    from {{ ref('stg_contracts__territory_members') }}
),

renamed as (
    select
        used.*,
        territories.territory_code as written_as
    from used
    inner join official on used.territory_code = official.official_territory_code
    inner join territories
        on official.territory_type_code = territories.territory_type_code and official.official_code = territories.official_code
    where used.territory_code <> territories.territory_code
),

out_of_use as (
    select
        used.*,
        official.official_code || ' is out of use, its successor is ' || official.successor_code as finding
    from used
    inner join official on used.territory_code = official.official_territory_code
    where official.successor_code is not null and used.territory_code not in (select territories.territory_code from territories)
),

twice as (
    select
        territory_type_code,
        official_code,
        {{ joined_texts('territory_code', ', ') }} as codes
    from territories
    where official_code is not null
    group by territory_type_code, official_code
    having count(*) > 1
)

select
    table_name,
    row_key,
    column_name,
    'is called ' || written_as || ' here: write that code' as finding,
    territory_code as value_found
from renamed
union all
select
    table_name,
    row_key,
    column_name,
    finding,
    territory_code as value_found
from out_of_use
union all
select
    'territories' as table_name,
    codes as row_key,
    'official_code' as column_name,
    'is the official code of several rows: keep one' as finding,
    official_code as value_found
from twice
