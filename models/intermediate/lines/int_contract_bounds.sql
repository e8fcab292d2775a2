-- low and high of each contract and stage: the rows of a tree added up, met with the declared interval of its root
with funding_rows as (
    select *
    from {{ ref('int_funding_rows') }}
    where snapshot = 'current' and amount_eur is not null
),

roots as (
    select *
    from {{ ref('int_lines_placed') }}
    where snapshot = 'current'
),

trees as (
    select
        root_line_code,
        sum(amount_low_eur) as low_eur,
        case when count(*) = count(amount_high_eur) then sum(amount_high_eur) end as high_eur
    from funding_rows
    group by root_line_code
),

-- where the two intervals do not meet, the parts stand: they go beyond the declared total, or each level is equal to the next within
-- its precision and the last one too far from the first
met as (
    select
        roots.contract_code,
        roots.stage,
        case
            when trees.low_eur > roots.amount_high_eur or trees.high_eur < roots.amount_low_eur then trees.low_eur
            else greatest(trees.low_eur, roots.amount_low_eur)
        end as low_eur,
        case
            when trees.low_eur > roots.amount_high_eur or trees.high_eur < roots.amount_low_eur then trees.high_eur
            -- least() skips nulls: the bound that is known stands
            else least(trees.high_eur, roots.amount_high_eur)
        end as high_eur
    from trees
    inner join roots on trees.root_line_code = roots.line_code
)

select
    contract_code,
    stage,
    cast(sum(low_eur) as decimal(18, 2)) as low_eur,
    cast(case when count(*) = count(high_eur) then sum(high_eur) end as decimal(18, 2)) as high_eur
from met
group by contract_code, stage
