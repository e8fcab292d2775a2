with parts as (
    select * from {{ ref('int_total_parts') }}
    where snapshot = 'current'
),

lines as (
    select * from {{ ref('int_lines_current') }}
),

final as (
    select
        parts.line_code as envelope_key,
        parts.part_line_code,
        lines.contract_code as contract_key
    from parts
    inner join lines on parts.line_code = lines.line_code
)

select * from final
