-- every total with its parts: children in the tree, and the listed parts of a total that cuts across contracts
{{ config(materialized='view') }}
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
        line_code as part_line_code,
        amount_eur,
        amount_low_eur,
        amount_high_eur,
        axis_code,
        partner_code
    from lines
    where total_line_code is not null
    union all
    select
        lines.snapshot,
        cross_total_parts.line_code,
        lines.line_code as part_line_code,
        lines.amount_eur,
        lines.amount_low_eur,
        lines.amount_high_eur,
        lines.axis_code,
        lines.partner_code
    from cross_total_parts
    inner join lines on cross_total_parts.part_line_code = lines.line_code
    where lines.total_line_code is distinct from cross_total_parts.line_code
),

final as (
    select
        pairs.snapshot,
        pairs.line_code,
        pairs.part_line_code,
        pairs.amount_eur,
        pairs.amount_low_eur,
        pairs.amount_high_eur,
        -- a part that names one funder and no axis may overlap a part that names an axis and no single funder
        pairs.axis_code is null and coalesce(partners.partner_type_code <> 'group', false) as is_by_partner,
        pairs.axis_code is not null and coalesce(partners.partner_type_code = 'group', true) as is_by_axis
    from pairs
    left join partners on pairs.partner_code = partners.partner_code
)

select * from final
