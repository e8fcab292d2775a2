{#-
  SQL of the rows of a table whose way up leads back to them, or further than 16 rows, which is how far the models climb. A loop that landed
  rows close is told of these: the rows of the seed are sound without them.
  config.meta.row_rules.upwards: column of the row, column of the row above.
-#}
{% macro loops(table) -%}
    {%- if not execute %}{{ text_rows(table) }}{% endif %}
    {%- set landed = ['null', 'not null'] if table in landing_tables() else ['null'] %}
    {%- for way in row_rules(table).upwards or [] %}
    {%- set is_last_way = loop.last %}
    {%- for kind in landed %}
    select
        {{ rejected_row(table) }},
        '{{ way.above }}' as column_name, ways_up.rule, {{ way.above }} as value_found,
        case ways_up.rule
            when 'loop' then '''' || {{ way.row }} || ''' leads back to itself by way of ''' || {{ way.above }} || ''''
            else 'more than 16 rows stand above the rows below ''' || {{ way.row }} || ''''
        end as reason
    from ({{ text_rows(table) }}) as rows_of_table
    inner join (
        with ways as (
            select distinct {{ way.row }} as code, {{ way.above }} as code_above
            from ({{ text_rows(table) }}) as rows_of_ways
            where {{ way.above }} is not null{{ ' and landing_file is null' if kind == 'null' }}
        ),

        -- a loop has rows above and below alone
        links as (select * from ways where code in (select code_above from ways)),

        {{ climbs('links', 'code', 'code_above') }},

        looping as (select distinct start_code from climbs where start_code = reached_code)

        select start_code, 'loop' as rule from looping
        union all
        select distinct climbs.start_code, 'too_deep' as rule
        from climbs
        left join looping on climbs.reached_code = looping.start_code
        where climbs.distance = 16 and looping.start_code is null
    ) as ways_up on {{ way.row }} = ways_up.start_code
    where landing_file is {{ kind }} and {{ way.above }} is not null
    {{ 'union all' if not (loop.last and is_last_way) }}
    {%- endfor %}
    {%- endfor %}
{%- endmacro %}
