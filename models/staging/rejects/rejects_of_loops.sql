-- Ways up that lead back to their row, or further than 16 rows, which is how far the models climb. If landed rows close a loop, or make a
-- way too long, only they are told. Hashes find the few rows that may be concerned among many: codes decide.
with recursive ways as not materialized (
    {% for table in landing_tables() if not execute or row_rules(table).upwards -%}
        {{ ways_up(table) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- rows with rows below them: a loop has no others, and the way up from the rows below is one step longer
links_of_all as (
    select
        way,
        code,
        code_above,
        bool_and(is_seed) as is_seed
    from ways
    where hash(way, code) in (select hash(ways.way, ways.code_above) from ways)
    group by way, code, code_above
),

links_of_seeds as (
    select distinct
        way,
        code,
        code_above
    from ways
    where is_seed and (way, code) in (select (ways.way, ways.code_above) from ways where ways.is_seed)
),

links as (
    select 'seeds' as scope, way, code, code_above, true as is_seed from links_of_seeds
    union all
    select 'all' as scope, way, code, code_above, is_seed from links_of_all
),

-- the upper ends are taken off fifteen times; what is left has at least 16 rows above it
peeled as (
    select *, 0 as round from links
    union all
    select * replace (round + 1 as round) from peeled
    where round < 15 and (scope, way, code_above) in (select (peeled.scope, peeled.way, peeled.code) from peeled)
),

left_over as (
    select * exclude (round) from peeled where round = 15
),

-- not all paths, but whom each row reaches in how many steps
reached as (
    select scope, way, code as start_code, code_above as reached_code, 1 as distance from left_over
    union
    select reached.scope, reached.way, reached.start_code, left_over.code_above, reached.distance + 1
    from reached
    inner join left_over
        on reached.scope = left_over.scope and reached.way = left_over.way and reached.reached_code = left_over.code
    where reached.distance < 16
),

looping as (
    select distinct scope, way, start_code as code from reached
    where start_code = reached_code
),

loops as (
    select left_over.*
    from left_over
    where
        code = code_above
        or (scope, way, code_above, code) in (
            select (reached.scope, reached.way, reached.start_code, reached.reached_code) from reached
        )
),

-- rows below a loop are not told: they are well once it is mended
below_loops as (
    select distinct reached.scope, reached.way, reached.start_code as code
    from reached
    inner join looping on reached.scope = looping.scope and reached.way = looping.way and reached.reached_code = looping.code
),

deep as (
    select left_over.*
    from left_over
    anti join below_loops
        on left_over.scope = below_loops.scope and left_over.way = below_loops.way and left_over.code = below_loops.code
),

-- where rows of the seeds alone are too deep because of landed ones, these stand above them
raised as (
    select way, code_above as code, 1 as distance from deep
    where scope = 'all' and is_seed
    union
    select raised.way, ways.code_above, raised.distance + 1
    from raised
    inner join ways on raised.way = ways.way and raised.code = ways.code
    where raised.distance < 17
),

told as (
    select way, code, code_above, scope = 'seeds' as is_seed, 'loop' as rule from loops
    where scope = 'seeds' or not is_seed
    union
    select way, code, code_above, scope = 'seeds' as is_seed, 'too_deep' as rule from deep
    where scope = 'seeds' or not is_seed
    union
    select ways.way, ways.code, ways.code_above, false as is_seed, 'too_deep' as rule
    from ways
    inner join raised on ways.way = raised.way and ways.code = raised.code
    where not ways.is_seed
)

{% for table in landing_tables() if not execute or row_rules(table).upwards -%}
    {{ rows_told_of_their_way(table) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
