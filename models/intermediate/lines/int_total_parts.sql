-- every total with its parts: children in the tree, and the listed parts of a total that cuts across contracts
with lines as (
    select * from {{ ref('int_lines_placed') }}
),

partners as (
    select * from {{ ref('stg_contracts__partners') }}
),

cross_total_parts as (
    select * from {{ ref('stg_contracts__cross_total_parts') }}
),

pairs as (
    select
        snapshot,
        total_line_code as line_code,
        line_code as part_line_code
    from lines
    where total_line_code is not null

    union

    select
        lines.snapshot,
        cross_total_parts.line_code,
        cross_total_parts.part_line_code
    from cross_total_parts
    inner join lines on cross_total_parts.part_line_code = lines.line_code
),

final as (
    select
        pairs.snapshot,
        pairs.line_code,
        pairs.part_line_code,
        lines.amount_eur,
        lines.amount_low_eur,
        lines.amount_high_eur,
        -- a part that names one funder and no axis may overlap a part that names an axis and no single funder
        lines.axis_code is null and coalesce(partners.partner_type_code <> 'group', false) as is_by_partner,
        lines.axis_code is not null and coalesce(partners.partner_type_code = 'group', true) as is_by_axis
    from pairs
    inner join lines on pairs.snapshot = lines.snapshot and pairs.part_line_code = lines.line_code
    left join partners on lines.partner_code = partners.partner_code
)

select * from final
