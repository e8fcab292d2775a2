{#-
  SQL of the codes that a reference may name. table: that of the reference, or all_territories: those of the table and the official ones
  that it does not name.
-#}
{% macro known_codes(table, column) -%}
    {%- if table == 'all_territories' %}
    select territory_code as known_code from ({{ text_rows('territories') }}) as named
    union
    select official.official_territory_code from {{ ref('stg_official__territories') }} as official
    left join ({{ text_rows('territories') }}) as named
        on official.territory_type_code = named.territory_type_code and official.official_code = named.official_code
    where official.successor_code is null and named.territory_code is null
    {%- else %}
    select {{ column }} as known_code from ({{ text_rows(table) }}) as named where {{ column }} is not null
    {%- endif %}
{%- endmacro %}


{#- SQL of the codes that a table names, each once for the table that must have it. -#}
{% macro codes_named(table) -%}
    {%- if not execute %}{{ text_rows(table) }}{% endif %}
    {%- for reference in row_rules(table).references or [] %}
    select distinct '{{ reference.to }}' as named_in, {{ reference.column }} as code
    from ({{ text_rows(table) }}) as rows_of_table
    where {{ reference.column }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- SQL of the codes that the tables have which any reference names. -#}
{% macro codes_known() -%}
    {%- set fields = {} %}
    {%- for table in landing_tables() + vocabulary_tables() %}
        {%- for reference in row_rules(table).references or [] %}{% do fields.update({reference.to: reference.field}) %}{% endfor %}
    {%- endfor %}
    {%- for table, field in fields.items() %}
    select '{{ table }}' as named_in, known_code as code from ({{ known_codes(table, field) }}) as known_codes
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    {%- if not execute %}select * from {{ ref('stg_official__territories') }}{% endif %}
{%- endmacro %}


{#- SQL of the rows of a table that name a code which no row has. -#}
{% macro unknown_references(table) -%}
    {%- if not execute %}{{ text_rows(table) }}{% endif %}
    {%- for reference in row_rules(table).references or [] %}
    select
        {{ rejected_row(table) }},
        '{{ reference.column }}' as column_name, 'reference' as rule, {{ reference.column }} as value_found,
        {%- if reference.to == 'all_territories' %}
        '''' || {{ reference.column }}
        || coalesce(''' is called ' || named_code || ' here: write that code', ''' is unknown in territories') as reason
        {%- else %}
        '''' || {{ reference.column }} || ''' is unknown in {{ reference.to }}' as reason
        {%- endif %}
    from ({{ text_rows(table) }}) as rows_of_table
    {%- if reference.to == 'all_territories' %}
    left join (
        select official.official_territory_code as official_code_here, any_value(named.territory_code) as named_code
        from {{ ref('stg_official__territories') }} as official
        inner join ({{ text_rows('territories') }}) as named
            on official.territory_type_code = named.territory_type_code and official.official_code = named.official_code
        group by all
    ) as named_otherwise on {{ reference.column }} = official_code_here
    {%- endif %}
    inner join {{ ref('codes_missing') }} as missing on missing.named_in = '{{ reference.to }}' and {{ reference.column }} = missing.code
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- SQL of what landed rows name in tables that take landing files: a reject there takes them along. -#}
{% macro landed_references(table) -%}
    {%- if not execute %}{{ text_rows(table) }}{% endif %}
    {%- for reference in row_rules(table).references or [] if reference.to | replace('all_', '') in landing_tables() %}
    select
        {{ rejected_row(table) }},
        '{{ reference.column }}' as column_name, '{{ reference.to | replace('all_', '') }}' as named_in, {{ reference.column }} as named_code
    from ({{ text_rows(table) }}) as rows_of_table
    where landing_file is not null and {{ reference.column }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
