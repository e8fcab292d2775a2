with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted'
),

axes as (
    select axes.*
    from {{ ref('stg_contracts__axes') }} as axes
    inner join {{ ref('int_contracts_changed') }} as changed on axes.contract_code = changed.contract_code
),

heirs as (
    select * from {{ ref('int_group_heirs') }}
),

{{ climbs('axes', 'axis_code', 'parent_axis_code') }},

roots as (
    select * from lines
    where parent_line_code is null
),

broken_down as (
    select * from lines
    where amount_eur is not null and breakdown is not null and operation_code is null
),

-- what a total holds: lines of its funder or of none, at its axis and below
total_places as (
    select
        *,
        coalesce(axis_code, 'no axis') as place_key,
        coalesce(partner_code, 'no funder') as funder_key
    from broken_down
    union all
    select
        *,
        coalesce(axis_code, 'no axis') as place_key,
        'any funder' as funder_key
    from broken_down
    union all
    -- and money of a group for one operation holds that of its members
    select
        lines.*,
        'operation ' || lines.operation_code as place_key,
        lines.partner_code as funder_key
    from lines
    where
        lines.amount_eur is not null and lines.operation_code is not null
        and lines.partner_code in (select heirs.partner_group_key from heirs)
),

-- two trees are enough to find one that is not that of a line, however many totals a contract has
ranked as (
    select
        contract_code,
        stage,
        place_key,
        funder_key,
        root_line_code,
        min(line_code) as total_line_code,
        row_number() over (partition by contract_code, stage, place_key, funder_key order by min(line_code)) as tree_rank
    from total_places
    group by contract_code, stage, place_key, funder_key, root_line_code
),

places as (
    select
        axis_code,
        axis_code as place_key
    from axes
    union all
    select
        start_code as axis_code,
        reached_code as place_key
    from climbs
),

placed as (
    select
        *,
        'no axis' as place_key
    from roots
    union all
    select
        roots.*,
        places.place_key
    from roots
    inner join places on roots.axis_code = places.axis_code
),

line_places as (
    select
        *,
        coalesce(partner_code, 'any funder') as funder_key
    from placed
    union all
    select
        *,
        'no funder' as funder_key
    from placed
    where partner_code is not null
    union all
    select
        roots.*,
        'operation ' || roots.operation_code as place_key,
        heirs.partner_group_key as funder_key
    from roots
    inner join heirs on roots.partner_code = heirs.member_partner_key
    where roots.operation_code is not null
),

totals_beside as (
    select
        line_places.line_code,
        min(ranked.total_line_code) as total_line_code
    from line_places
    inner join ranked
        on
            line_places.contract_code = ranked.contract_code
            and line_places.stage = ranked.stage
            and line_places.place_key = ranked.place_key
            and line_places.funder_key = ranked.funder_key
    where ranked.tree_rank <= 2 and line_places.line_code <> ranked.root_line_code
    group by line_places.line_code
)

select
    'financial_line' as subject_type,
    roots.line_code as subject_code,
    roots.contract_code,
    'a place under ' || totals_beside.total_line_code as expected,
    'no total' as found,
    roots.amount_eur as difference,
    case when totals_beside.line_code is null then 'pass' else 'fail' end as status,
    'a line whose contract, stage, funder and axis lie within a declared total is a part of it' as reason
from roots
left join totals_beside on roots.line_code = totals_beside.line_code
