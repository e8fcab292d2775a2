-- Hashes find the few rows that may be concerned among many: codes decide.
with recursive ways as not materialized (
    select * from {{ ref('ways_up') }}
),

-- rows with rows below them: a loop has no others, and the way up from the rows below is one step longer
links_of_all as (
    select
        way,
        code,
        code_above,
        bool_and(is_seed) as is_seed
    from ways
    where hash(way, code) in (select hash(below.way, below.code_above) from ways as below)
    group by way, code, code_above
),

links_of_seeds as (
    select distinct
        way,
        code,
        code_above
    from ways
    where
        is_seed
        and (way, code) in (
            select (below.way, below.code_above) from ways as below
            where below.is_seed
        )
),

links as (
    select
        'seeds' as scope,
        way,
        code,
        code_above,
        true as is_seed
    from links_of_seeds
    union all
    select
        'all' as scope,
        way,
        code,
        code_above,
        is_seed
    from links_of_all
),

-- the upper ends are taken off fifteen times; what is left has at least 16 rows above it
peeled as (
    select
        *,
        0 as round
    from links
    union all
    select * replace (round + 1 as round) from peeled
    where round < 15 and (scope, way, code_above) in (select (above.scope, above.way, above.code) from peeled as above)
)

select * exclude (round) from peeled
where round = 15
