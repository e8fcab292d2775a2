-- what goes with a broken row: what names it, all versions of a line, the figures of a line
with recursive told as (
    select * from {{ ref('rejects_found') }}
),

-- codes of the seeds are never missed
seeded as (
    {% for table in landing_tables() -%}
        select
            '{{ table }}' as table_name,
            {{ row_rules(table).key[0] }} as code
        from ({{ text_rows(table) }}) as rows_of_table
        where landing_file is null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

named as (
    {% for table in landing_tables() if not execute or row_rules(table).references -%}
        {{ landed_references(table) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

missed as (
    select
        told.missed_in,
        told.missed_code
    from told
    left join seeded on told.missed_in = seeded.table_name and told.missed_code = seeded.code
    where told.landing_file is not null and told.rule <> 'key_again' and seeded.code is null
    union
    select
        named.missed_in,
        named.missed_code
    from missed
    inner join named on missed.missed_in = named.named_in and missed.missed_code = named.named_code
    left join seeded on named.missed_in = seeded.table_name and named.missed_code = seeded.code
    where seeded.code is null
),

-- rows that name what is missed, all versions of a line that is missed, figures of a line that is
followers as (
    select
        named.* exclude (named_in, named_code),
        'follows' as rule,
        named.named_code as value_found,
        named.named_in,
        1 as rank_number
    from missed
    inner join named on missed.missed_in = named.named_in and missed.missed_code = named.named_code
    union all
    select
        {{ rejected_row('financial_lines') }},
        'line_code' as column_name,
        'follows' as rule,
        line_code as value_found,
        'financial_lines' as named_in,
        2 as rank_number
    from ({{ text_rows('financial_lines') }}) as lines
    where landing_file is not null and line_code in (select missed_code from missed where missed_in = 'financial_lines')
    union all
    select
        {{ rejected_row('indicators') }},
        'indicator_code' as column_name,
        'follows' as rule,
        indicator_code as value_found,
        'indicators' as named_in,
        2 as rank_number
    from ({{ text_rows('indicators') }}) as indicators
    where landing_file is not null and indicator_code in (select missed_code from missed where missed_in = 'indicators')
),

following as (
    select
        * exclude (named_in, rank_number),
        '''' || value_found || ''' was put aside (' || named_in || ')' as reason
    from followers
    where (table_name, landing_file, row_number) not in (select (table_name, landing_file, row_number) from told where landing_file is not null)
    qualify rank_number = min(rank_number) over (partition by table_name, landing_file, row_number)
),

lost_lines as (
    select distinct
        lines.line_code,
        lines.recorded_on
    from ({{ text_rows('financial_lines') }}) as lines
    inner join (select * from told union all select * from following) as lost
        on lines.landing_file = lost.landing_file and lines.row_number = lost.row_number
    where lost.table_name = 'financial_lines' and lost.rule <> 'key_again'
),

figures as (
    select
        {{ rejected_row('source_mentions') }},
        'subject_code' as column_name,
        'follows' as rule,
        subject_code as value_found,
        '''' || subject_code || ''' was put aside' as reason
    from ({{ text_rows('source_mentions') }}) as mentions
    where
        landing_file is not null
        and (
            (subject_type = 'financial_line' and (subject_code, coalesce(subject_recorded_on, '')) in (select (line_code, coalesce(recorded_on, '')) from lost_lines))
            or (subject_type = 'indicator' and subject_code in (select missed_code from missed where missed_in = 'indicators'))
        )
        and (table_name, landing_file, row_number) not in (
            select (table_name, landing_file, row_number) from (select * from told union all select * from following) as before
            where landing_file is not null
        )
),

final as (
    select * from following
    union all
    select * from figures
)

select * from final
