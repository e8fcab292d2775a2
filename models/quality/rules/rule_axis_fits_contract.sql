with axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

users as (
    select
        line_code as subject_code,
        contract_code,
        axis_code
    from {{ ref('int_lines_declared') }}
    union
    select
        operation_code,
        contract_code,
        axis_code
    from {{ ref('stg_contracts__operations') }}
    union
    select
        indicator_code,
        contract_code,
        axis_code
    from {{ ref('stg_contracts__indicators') }}
    union
    select
        axis_code,
        contract_code,
        parent_axis_code
    from axes
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
