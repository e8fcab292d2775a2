with axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
),

users as (
    select
        line_code as subject_code,
        contract_code,
        axis_code
    from {{ ref('int_lines_of_changed_contracts') }}
    where axis_code is not null
    union all
    select
        operations.operation_code,
        operations.contract_code,
        operations.axis_code
    from {{ ref('stg_contracts__operations') }} as operations
    inner join changed on operations.contract_code = changed.contract_code
    union all
    select
        indicators.indicator_code,
        indicators.contract_code,
        indicators.axis_code
    from {{ ref('stg_contracts__indicators') }} as indicators
    inner join changed on indicators.contract_code = changed.contract_code
    union all
    select
        axes.axis_code,
        axes.contract_code,
        axes.parent_axis_code
    from axes
    inner join changed on axes.contract_code = changed.contract_code
),

-- the versions of a line are one user
pairs as (
    select distinct
        users.subject_code,
        users.contract_code,
        axes.axis_code,
        axes.contract_code as axis_contract_code
    from users
    inner join axes on users.axis_code = axes.axis_code
)

select
    'axis user' as subject_type,
    subject_code,
    contract_code,
    'an axis of contract ' || contract_code as expected,
    'axis ' || axis_code || ' of contract ' || axis_contract_code as found,
    cast(null as decimal(28, 2)) as difference,
    case when contract_code = axis_contract_code then 'pass' else 'fail' end as status,
    'a line, operation, indicator or axis stands under an axis of its own contract' as reason
from pairs
