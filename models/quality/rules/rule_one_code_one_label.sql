with lines as (
    select * from {{ ref('int_lines_declared') }}
),

named as (
    select
        line_code,
        min(contract_code) as contract_code,
        count(distinct label_fr) as label_count,
        string_agg(distinct label_fr, ' · ') as labels
    from lines
    group by line_code
)

select
    'one_code_one_label' as rule_id,
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'one label in all versions' as expected,
    labels as found,
    cast(label_count - 1 as decimal(18, 2)) as difference,
    case when label_count = 1 then 'pass' else 'fail' end as status,
    'the versions and positions of a line carry one label' as reason
from named
