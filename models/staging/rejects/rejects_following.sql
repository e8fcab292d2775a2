-- what goes with a broken row: what names it, all versions of a line, the figures of a line
with recursive rejects_told as (
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

-- mostly no landed row is broken, and what all others name need not be kept
named as not materialized (
    select * from {{ ref('landed_rows_naming_codes') }}
    where exists (
        select 1 from rejects_told
        where rejects_told.landing_file is not null
    )
),

codes_without_row as (
    select
        rejects_told.missed_in,
        rejects_told.missed_code
    from rejects_told
    left join seeded on rejects_told.missed_in = seeded.table_name and rejects_told.missed_code = seeded.code
    where rejects_told.landing_file is not null and rejects_told.rule <> 'key_again' and seeded.code is null
    union
    select
        named.missed_in,
        named.missed_code
    from codes_without_row
    inner join named on codes_without_row.missed_in = named.named_in and codes_without_row.missed_code = named.named_code
    left join seeded on named.missed_in = seeded.table_name and named.missed_code = seeded.code
    where seeded.code is null
),

-- rows that name what is missed
naming as (
    select named.*
    from codes_without_row
    inner join named on codes_without_row.missed_in = named.named_in and codes_without_row.missed_code = named.named_code
),

-- with them all versions of a line that is missed, and figures of a line or an indicator that is
followers as (
    select
        * exclude (named_in, named_code),
        'follows' as rule,
        named_code as value_found,
        named_in,
        1 as rank_number
    from naming
    union all
    {% for table, code in [('financial_lines', 'line_code'), ('indicators', 'indicator_code')] -%}
        select
            {{ rejected_row(table) }},
            '{{ code }}' as column_name,
            'follows' as rule,
            {{ code }} as value_found,
            '{{ table }}' as named_in,
            2 as rank_number
        from ({{ text_rows(table) }}) as rows_of_table
        where
            landing_file is not null
            and {{ code }} in (
                select codes_without_row.missed_code from codes_without_row
                where codes_without_row.missed_in = '{{ table }}'
            )
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

following as (
    select
        * exclude (named_in, rank_number),
        '''' || value_found || ''' was put aside (' || named_in || ')' as reason
    from followers
    where (table_name, landing_file, row_number) not in (
        select (rejects_told.table_name, rejects_told.landing_file, rejects_told.row_number) from rejects_told
        where rejects_told.landing_file is not null
    )
    qualify rank_number = min(rank_number) over (partition by table_name, landing_file, row_number)
),

put_aside as (
    select * from rejects_told
    union all
    select * from following
),

lost_subjects as (
    select distinct
        'financial_line' as subject_type,
        rows_of_table.line_code as subject_code,
        rows_of_table.recorded_on as subject_recorded_on
    from ({{ text_rows('financial_lines') }}) as rows_of_table
    inner join put_aside
        on rows_of_table.landing_file = put_aside.landing_file and rows_of_table.row_number = put_aside.row_number
    where put_aside.table_name = 'financial_lines' and put_aside.rule <> 'key_again'
    union all
    select
        'indicator' as subject_type,
        missed_code as subject_code,
        null as subject_recorded_on
    from codes_without_row
    where missed_in = 'indicators'
),

lost_figures as (
    select mentions.*
    from ({{ text_rows('source_mentions') }}) as mentions
    inner join lost_subjects
        on
            mentions.subject_type = lost_subjects.subject_type
            and mentions.subject_code = lost_subjects.subject_code
            and (
                mentions.subject_type = 'indicator'
                or mentions.subject_recorded_on is not distinct from lost_subjects.subject_recorded_on
            )
    where mentions.landing_file is not null
),

figures as (
    select
        {{ rejected_row('source_mentions') }},
        'subject_code' as column_name,
        'follows' as rule,
        subject_code as value_found,
        '''' || subject_code || ''' was put aside' as reason
    from lost_figures
    where (landing_file, row_number) not in (
        select (put_aside.landing_file, put_aside.row_number) from put_aside
        where put_aside.table_name = 'source_mentions' and put_aside.landing_file is not null
    )
)

select * from following
union all
select * from figures
