with lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
),

named as (
    select
        line_code,
        min(contract_code) as contract_code,
        min(label_fr) as first_label_fr,
        max(label_fr) as last_label_fr
    from lines
    group by line_code
),

renamed as (
    select
        named.line_code,
        count(distinct lines.label_fr) as label_count,
        {{ joined_texts('lines.label_fr', ' · ', distinct=true) }} as labels
    from named
    inner join lines on named.line_code = lines.line_code
    where named.first_label_fr <> named.last_label_fr
    group by named.line_code
)

select
    'financial_line' as subject_type,
    named.line_code as subject_code,
    named.contract_code,
    'one label in all versions' as expected,
    coalesce(renamed.labels, named.first_label_fr) as found,
    cast(coalesce(renamed.label_count, 1) - 1 as decimal(28, 2)) as difference,
    case when named.first_label_fr = named.last_label_fr then 'pass' else 'fail' end as status,
    'the versions and positions of a line carry one label' as reason
from named
left join renamed on named.line_code = renamed.line_code
