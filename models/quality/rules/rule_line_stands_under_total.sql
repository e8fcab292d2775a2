with recursive lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted'
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

roots as (
    select * from lines
    where parent_line_code is null
),

broken_down as (
    select * from lines
    where amount_eur is not null and breakdown is not null and operation_code is null
),

-- a total of the same contract, stage, funder and axis beside which the line stands, though its scope holds that of the line
beside_total as (
    select
        roots.line_code,
        totals.line_code as total_line_code
    from roots
    inner join broken_down as totals
        on
            roots.contract_code = totals.contract_code
            and roots.stage = totals.stage
            and roots.root_line_code <> totals.root_line_code
    left join outline on roots.axis_code = outline.axis_code and totals.axis_code = outline.ancestor_code
    where
        (totals.axis_code is null or outline.axis_code is not null)
        and (roots.partner_code = totals.partner_code or roots.partner_code is null or totals.partner_code is null)
),

-- money of a group for one operation, and that of a member beside it
beside_group as (
    select
        roots.line_code,
        totals.line_code as total_line_code
    from roots
    inner join lines as totals
        on
            roots.operation_code = totals.operation_code
            and roots.contract_code = totals.contract_code
            and roots.stage = totals.stage
            and roots.root_line_code <> totals.root_line_code
            and totals.amount_eur is not null
    inner join heirs on totals.partner_code = heirs.partner_group_key and roots.partner_code = heirs.member_partner_key
),

found as (
    select * from beside_total
    union all
    select * from beside_group
),

beside as (
    select
        line_code,
        min(total_line_code) as total_line_code
    from found
    group by line_code
)

select
    'line_stands_under_total' as rule_id,
    'financial_line' as subject_type,
    roots.line_code as subject_code,
    roots.contract_code,
    'a place under ' || beside.total_line_code as expected,
    'no total' as found,
    roots.amount_eur as difference,
    case when beside.line_code is null then 'pass' else 'fail' end as status,
    'a line whose contract, stage, funder and axis lie within a declared total is a part of it' as reason
from roots
left join beside on roots.line_code = beside.line_code
