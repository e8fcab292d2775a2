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

-- few codes, looked for among many rows
misnamed as (
    select
        official.official_territory_code as territory_code,
        'is called ' || territories.territory_code || ' here: write that code' as finding
    from official
    inner join territories
        on official.territory_type_code = territories.territory_type_code and official.official_code = territories.official_code
    where official.official_territory_code <> territories.territory_code
    union all
    select
        official_territory_code as territory_code,
        official_code || ' is out of use, its successor is ' || successor_code as finding
    from official
    where successor_code is not null and official_territory_code not in (select territories.territory_code from territories)
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
    used.table_name,
    used.row_key,
    used.column_name,
    misnamed.finding,
    used.territory_code as value_found
from used
inner join misnamed on used.territory_code = misnamed.territory_code
union all
select
    'territories' as table_name,
    codes as row_key,
    'official_code' as column_name,
    'is the official code of several rows: keep one' as finding,
    official_code as value_found
from twice
