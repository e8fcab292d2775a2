with recursive lines as (
    select * from {{ ref('int_lines_placed') }}
    where snapshot = 'current' and line_use = 'counted'
),

axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

heirs as (
    select * from {{ ref('int_group_heirs') }}
),

outline as (
    select
        axis_code,
        axis_code as ancestor_code
    from axes
    union
    select
        outline.axis_code,
        axes.parent_axis_code as ancestor_code
    from outline
    inner join axes on outline.ancestor_code = axes.axis_code
    where axes.parent_axis_code is not null
),

-- a total of the same contract, stage, funder and axis beside which the line stands, though its scope holds that of the line
beside as (
    select
        lines.line_code,
        min(totals.line_code) as total_line_code
    from lines
    inner join lines as totals
        on
            lines.contract_code = totals.contract_code
            and lines.stage = totals.stage
            and lines.line_code <> totals.line_code
            and lines.root_line_code <> totals.root_line_code
            and lines.parent_line_code is null
            and totals.amount_eur is not null
    left join outline on lines.axis_code = outline.axis_code and totals.axis_code = outline.ancestor_code
    left join heirs on totals.partner_code = heirs.partner_group_key and lines.partner_code = heirs.member_partner_key
    where
        (
            totals.breakdown is not null
            and totals.operation_code is null
            and (totals.axis_code is null or outline.axis_code is not null)
            and (lines.partner_code = totals.partner_code or lines.partner_code is null or totals.partner_code is null)
        )
        or (heirs.member_partner_key is not null and lines.operation_code = totals.operation_code)
    group by lines.line_code
)

select
    'line_stands_under_total' as rule_id,
    'financial_line' as subject_type,
    lines.line_code as subject_code,
    lines.contract_code,
    'a place under ' || beside.total_line_code as expected,
    'no total' as found,
    lines.amount_eur as difference,
    case when beside.line_code is null then 'pass' else 'fail' end as status,
    'a line whose contract, stage, funder and axis lie within a declared total is a part of it' as reason
from lines
left join beside on lines.line_code = beside.line_code
where lines.parent_line_code is null
