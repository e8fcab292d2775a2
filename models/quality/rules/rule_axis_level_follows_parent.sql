with axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
),

pairs as (
    select
        axes.axis_code,
        axes.contract_code,
        axes.level,
        coalesce(above.level, 0) + 1 as expected_level
    from axes
    inner join changed on axes.contract_code = changed.contract_code
    left join axes as above on axes.parent_axis_code = above.axis_code
)

select
    'axis' as subject_type,
    axis_code as subject_code,
    contract_code,
    'level ' || expected_level as expected,
    'level ' || level as found,
    cast(level - expected_level as decimal(28, 2)) as difference,
    case when level = expected_level then 'pass' else 'fail' end as status,
    'an axis stands one level below its parent' as reason
from pairs
