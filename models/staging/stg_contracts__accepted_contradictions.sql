with accepted_contradictions as (
    {{ accepted_rows('accepted_contradictions') }}
)

select
    rule_id,
    subject_code,
    reason,
    document_code,
    try_cast(line_number as integer) as line_number,
    landing_file
from accepted_contradictions
{% if target.type == 'duckdb' -%}
    union all
    select
        rule_id,
        subject_code,
        reason,
        null as document_code,
        null as line_number,
        landing_file
    from {{ ref('lost_parts') }}
{%- endif %}
