with axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
),

-- the versions of a line are one user
users as (
    select
        line_code as subject_code,
        contract_code,
        axis_code
    from {{ ref('int_lines_declared') }}
    where axis_code is not null
    union
    select
        operations.operation_code,
        operations.contract_code,
        operations.axis_code
    from {{ ref('stg_contracts__operations') }} as operations
    inner join changed on operations.contract_code = changed.contract_code
    union
    select
        indicators.indicator_code,
        indicators.contract_code,
        indicators.axis_code
    from {{ ref('stg_contracts__indicators') }} as indicators
    inner join changed on indicators.contract_code = changed.contract_code
    union
    select
        axes.axis_code,
        axes.contract_code,
        axes.parent_axis_code
    from axes
    inner join changed on axes.contract_code = changed.contract_code
)

select
    'axis_fits_contract' as rule_id,
    'axis user' as subject_type,
    users.subject_code,
    users.contract_code,
    'an axis of contract ' || users.contract_code as expected,
    'axis ' || axes.axis_code || ' of contract ' || axes.contract_code as found,
    cast(null as decimal(18, 2)) as difference,
    case when users.contract_code = axes.contract_code then 'pass' else 'fail' end as status,
    'a line, operation, indicator or axis stands under an axis of its own contract' as reason
from users
inner join axes on users.axis_code = axes.axis_code
