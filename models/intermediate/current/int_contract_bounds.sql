-- low and high of each contract and stage: each tree added up at every level, from its root down to its rows, and the sums met
with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted'
),

unallocated as (
    select * from {{ ref('int_funding_rows') }}
    where row_kind = 'unallocated'
),

totals as (
    select distinct total_line_code
    from lines
    where total_line_code is not null
),

roots as (
    select
        contract_code,
        stage,
        root_line_code,
        cast(max(level_number) as integer) as deepest_level
    from lines
    group by contract_code, stage, root_line_code
),

tree_levels as (
    select
        contract_code,
        stage,
        root_line_code,
        {{ numbers_between('0', 'deepest_level') }} as level_number
    from roots
),

-- a total stands at its own level and gives way to its parts below; a leaf and a remainder stand at every level below as well
amounts_of_levels as (
    select
        lines.root_line_code,
        lines.level_number as first_level,
        case when totals.total_line_code is not null then lines.level_number end as last_level,
        lines.amount_eur,
        lines.amount_low_eur,
        lines.amount_high_eur
    from lines
    left join totals on lines.line_code = totals.total_line_code
    where lines.amount_eur is not null

    union all

    select
        lines.root_line_code,
        lines.level_number + 1 as first_level,
        null as last_level,
        unallocated.amount_eur,
        unallocated.amount_low_eur,
        unallocated.amount_high_eur
    from unallocated
    inner join lines on unallocated.line_code = lines.line_code
),

levels as (
    select
        tree_levels.contract_code,
        tree_levels.stage,
        tree_levels.root_line_code,
        tree_levels.level_number,
        sum(amounts_of_levels.amount_eur) as amount_eur,
        sum(amounts_of_levels.amount_low_eur) as low_eur,
        case when count(*) = count(amounts_of_levels.amount_high_eur) then sum(amounts_of_levels.amount_high_eur) end as high_eur
    from tree_levels
    inner join amounts_of_levels
        on
            tree_levels.root_line_code = amounts_of_levels.root_line_code
            and tree_levels.level_number >= amounts_of_levels.first_level
            and tree_levels.level_number <= coalesce(amounts_of_levels.last_level, tree_levels.level_number)
    group by tree_levels.contract_code, tree_levels.stage, tree_levels.root_line_code, tree_levels.level_number
),

-- max and min skip nulls: the bound that is known stands
levels_met as (
    select
        contract_code,
        stage,
        root_line_code,
        {{ last_by('amount_eur', ['level_number']) }} as amount_eur,
        max(low_eur) as low_eur,
        min(high_eur) as high_eur,
        {{ last_by('low_eur', ['level_number']) }} as rows_low_eur,
        {{ last_by('high_eur', ['level_number'], keep_null=true) }} as rows_high_eur
    from levels
    group by contract_code, stage, root_line_code
),

-- where the intervals of two levels do not meet, the rows stand; the amount itself is always inside
trees as (
    select
        contract_code,
        stage,
        least(case when low_eur > high_eur then rows_low_eur else low_eur end, amount_eur) as low_eur,
        case when low_eur > high_eur then rows_high_eur else high_eur end as high_eur,
        amount_eur
    from levels_met
)

select
    contract_code,
    stage,
    cast(sum(low_eur) as decimal(28, 2)) as low_eur,
    cast(case when count(*) = count(high_eur) then sum(greatest(high_eur, amount_eur)) end as decimal(28, 2)) as high_eur
from trees
group by contract_code, stage
