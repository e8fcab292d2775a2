{#-
  SQL of the ways up of a table, config.meta.row_rules.upwards: which row stands below which other, by which column, in the seed or landed.
  The column way names table and column, so that the ways of all tables stand in one model.
-#}
{% macro ways_up(table) -%}
    {%- if not execute %}{{ text_rows(table) }}{% endif %}
    {%- for way in row_rules(table).upwards or [] %}
    select
        '{{ table }}.{{ way.above }}' as way,
        {{ way.row }} as code,
        {{ way.above }} as code_above,
        landing_file is null as is_seed
    from ({{ text_rows(table) }}) as rows_of_table
    where {{ way.above }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- SQL of the rows of a table whose way up is told. -#}
{% macro rows_told_of_their_way(table) -%}
    {%- if not execute %}{{ text_rows(table) }}{% endif %}
    {%- for way in row_rules(table).upwards or [] %}
    select
        {{ rejected_row(table) }},
        '{{ way.above }}' as column_name,
        told.rule,
        {{ way.above }} as value_found,
        case told.rule
            when 'loop' then '''' || told.code || ''' leads back to itself by way of ''' || told.code_above || ''''
            else '''' || told.code || ''' stands above rows that have more than 16 rows above them'
        end as reason
    from ({{ text_rows(table) }}) as rows_of_table
    inner join {{ ref('ways_told') }} as told
        on
            told.way = '{{ table }}.{{ way.above }}'
            and {{ way.row }} = told.code
            and {{ way.above }} = told.code_above
            and (landing_file is null) = told.is_seed
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
