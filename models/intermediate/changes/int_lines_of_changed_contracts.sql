with lines as (
    select * from {{ ref('stg_contracts__financial_lines') }}
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
),

-- few files hold the landed contracts of a build: DuckDB then reads the other columns of these alone
landed as (
    select distinct
        lines.contract_code,
        lines.landing_file
    from lines
    inner join changed on lines.contract_code = changed.contract_code
    where lines.landing_file is not null
),

declared as (
    select lines.*
    from lines
    inner join changed on lines.contract_code = changed.contract_code
    where lines.landing_file is null
    union all
    select lines.*
    from lines
    inner join landed on lines.contract_code = landed.contract_code and lines.landing_file = landed.landing_file
)

select
    *,
    {{ row_id() }} as version_id
from declared
