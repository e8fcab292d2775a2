-- if landed rows close a loop, or make a way too long, only they are told
with recursive ways as not materialized (
    select * from {{ ref('ways_up') }}
),

left_over as (
    select * from {{ ref('ways_without_end') }}
),

-- not all paths, but whom each row reaches in how many steps
reached as (
    select
        scope,
        way,
        code as start_code,
        code_above as reached_code,
        1 as distance
    from left_over
    union
    select
        reached.scope,
        reached.way,
        reached.start_code,
        left_over.code_above as reached_code,
        reached.distance + 1 as distance
    from reached
    inner join left_over
        on reached.scope = left_over.scope and reached.way = left_over.way and reached.reached_code = left_over.code
    where reached.distance < 16
),

looping as (
    select distinct
        scope,
        way,
        start_code as code
    from reached
    where start_code = reached_code
),

loops as (
    select *
    from left_over
    where
        code = code_above
        or (scope, way, code_above, code) in (
            select (reached.scope, reached.way, reached.start_code, reached.reached_code) from reached
        )
),

-- rows below a loop are not told: they are well once it is mended
below_loops as (
    select distinct
        reached.scope,
        reached.way,
        reached.start_code as code
    from reached
    inner join looping on reached.scope = looping.scope and reached.way = looping.way and reached.reached_code = looping.code
),

deep as (
    select left_over.*
    from left_over
    left join below_loops
        on left_over.scope = below_loops.scope and left_over.way = below_loops.way and left_over.code = below_loops.code
    where below_loops.code is null
),

-- where rows of the seeds alone are too deep because of landed ones, these stand above them
raised as (
    select
        way,
        code_above as code,
        1 as distance
    from deep
    where scope = 'all' and is_seed
    union
    select
        raised.way,
        ways.code_above as code,
        raised.distance + 1 as distance
    from raised
    inner join ways on raised.way = ways.way and raised.code = ways.code
    where raised.distance < 17
),

found as (
    select
        *,
        'loop' as rule
    from loops
    union all
    select
        *,
        'too_deep' as rule
    from deep
),

final as (
    select
        way,
        code,
        code_above,
        scope = 'seeds' as is_seed,
        rule
    from found
    where scope = 'seeds' or not is_seed
    union
    select
        ways.way,
        ways.code,
        ways.code_above,
        false as is_seed,
        'too_deep' as rule
    from ways
    inner join raised on ways.way = raised.way and ways.code = raised.code
    where not ways.is_seed
)

select * from final
