{#-
  Takes broken rows out of the landing tables and writes them to landing.rejects with file, line, column, rule, value and reason. What is
  loaded then passes the tests of its shape. Broken is
  - what DuckDB could not read, and a value that does not fit its type;
  - what breaks a rule of sound_seed, the one list of rules of a row (models/staging/*.yml);
  - a key that stands in the seeds; a key that stands several times: of equal rows the first stays, of different ones none;
  - a figure without the line or indicator that it is about, a printed amount or an indicator without its figure;
  - what refers to a row that was put aside, again until nothing more follows. A line is put aside with all its versions: an older
    amount never stands in for a broken newer one.
  A total that is said to be broken down whole and lost a part is listed in landing.accepted_contradictions, with the reason.
-#}
{% macro put_aside_broken_rows(types) %}
    {% set rules = landing_rules() %}
    {% do make_known_tables(types, rules) %}
    {% do run_query("
        create or replace temp table landing_broken (
            table_name varchar, row_id bigint, landing_file varchar, row_key varchar, column_name varchar,
            rule varchar, value_found varchar, reason varchar, lost_as varchar, lost_code varchar, round integer
        )
    ") %}
    {% set misfit_tables = run_query('select distinct table_name from landing_misfits').columns[0].values() %}
    {% for table, columns in types.items() if run_query('select 1 from landing.' ~ table ~ ' limit 1') | length %}
        {% if table in misfit_tables %}{% do run_query(broken_values_sql(table, rules[table])) %}{% endif %}
        {% do run_query(broken_rows_sql(table, rules[table])) %}
        {% do run_query(repeated_keys_sql(table, columns, rules[table])) %}
    {% endfor %}
    {% for table, column, reason, rows in figure_checks() %}
        {% do run_query(add_broken_sql(table, rules[table], column, 'subject' if table == 'source_mentions' else 'figure', "' " ~ reason ~ "'", rows, 1)) %}
    {% endfor %}
    {% do run_query("
        delete from landing_broken
        where rule = 'required' and (table_name, row_id, column_name) in (
            select (table_name, row_id, column_name) from landing_broken where rule = 'type'
        )
    ") %}
    {% do follow_references(types, rules) %}
    {% do accept_lost_parts() %}
    {% do write_landing_rejects(types) %}
{% endmacro %}


{#- Arguments of sound_seed of every seed, by table. -#}
{% macro landing_rules() %}
    {% set rules = {} %}
    {% for node in graph.nodes.values() if node.resource_type == 'test' and node.test_metadata and node.test_metadata.name == 'sound_seed' and 'stg_contracts__' in node.attached_node %}
        {% do rules.update({node.attached_node.split('stg_contracts__')[1]: node.test_metadata.kwargs}) %}
    {% endfor %}
    {{ return(rules) }}
{% endmacro %}


{#-
  Temporary tables and views of what rows may refer to: landing_seed_<table> has the rows of the seed as its file has them now,
  landing_known_<table> these and the landed ones, texts trimmed, with row_id and landing_file (null for the seed).
-#}
{% macro make_known_tables(types, rules) %}
    {% for table in rules %}
        {% set seed = graph.nodes['seed.' ~ project_name ~ '.' ~ table] %}
        {% set columns = [] %}
        {% for column, type in seed.config.column_types.items() %}{% do columns.append(column ~ ' ' ~ type) %}{% endfor %}
        {% do run_query(
            'create or replace temp table landing_seed_' ~ table ~ ' (' ~ columns | join(', ') ~ '); insert into landing_seed_' ~ table
            ~ ' by name select * from read_csv(' ~ sql_text(seed.original_file_path) ~ ", all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"')"
        ) %}
        {% do run_query(
            'create or replace temp view landing_known_' ~ table ~ ' as select ' ~ trimmed_columns(seed.config.column_types)
            ~ ', cast(null as bigint) as row_id, cast(null as varchar) as landing_file from landing_seed_' ~ table
            ~ (' union all select ' ~ seed.config.column_types | join(', ') ~ ', rowid, landing_file from landing.' ~ table if table in types else '')
        ) %}
    {% endfor %}
    {% do run_query("
        create or replace temp view landing_known_all_territories as
        select territory_code from landing_known_territories
        union all
        select official.territory_type_code || '_' || lower(official.official_code)
        from " ~ source('official', 'territories') ~ " as official
        left join landing_known_territories as named
            on official.territory_type_code = named.territory_type_code and official.official_code = named.official_code
        where official.successor_code is null and named.territory_code is null
    ") %}
    {% set starts = [] %}
    {% for table in types %}
        {% do starts.append("select '" ~ table ~ "' as table_name, landing_file, min(rowid) as row_id from landing." ~ table ~ ' group by landing_file') %}
    {% endfor %}
    {#- rows of a file stand in the order of the file, so that the first one tells the place of the others -#}
    {% do run_query('create or replace temp table landing_first_rows as ' ~ starts | join(' union all ')) %}
{% endmacro %}


{#- SQL expression of the key of a row, as the tests print it. -#}
{% macro row_key_sql(key) %}
    {% set parts = [] %}
    {% for column in key %}{% do parts.append("coalesce(cast(" ~ column ~ " as varchar), '∅')") %}{% endfor %}
    {{ return("concat_ws(' / ', " ~ parts | join(', ') ~ ')') }}
{% endmacro %}


{#-
  SQL of the last columns of landing_broken: under which name and code a row is missed once it is put aside. A mention that states the
  figure of a line is missed by the line.
-#}
{% macro lost_sql(table, rules) %}
    {% if table == 'source_mentions' %}
        {{ return("case when role in ('states', 'revises') then 'figures of ' || subject_type end, subject_code") }}
    {% endif %}
    {{ return("'" ~ table ~ "', " ~ rules.key[0]) }}
{% endmacro %}


{#-
  SQL that adds rows of a table to landing_broken. reason: SQL of what is wrong, after the value. rows: SQL condition.
  round: in which round of follow_references they were found; rows found before are left out.
-#}
{% macro add_broken_sql(table, rules, column, rule, reason, rows, round) -%}
    insert into landing_broken
    select
        '{{ table }}', row_id, landing_file, {{ row_key_sql(rules.key) }}, '{{ column }}', '{{ rule }}', cast({{ column }} as varchar),
        '''' || {{ column }} || '''' || {{ reason }}, {{ lost_sql(table, rules) }}, {{ round }}
    from landing_known_{{ table }} as known
    where row_id is not null and {{ rows }}
    {%- if round > 1 %} and row_id not in (select row_id from landing_broken where table_name = '{{ table }}'){% endif %}
{%- endmacro %}


{#- SQL that finds the rows of a table with values that do not fit their type. -#}
{% macro broken_values_sql(table, rules) -%}
    insert into landing_broken
    select
        '{{ table }}', known.row_id, known.landing_file, {{ row_key_sql(rules.key) }},
        misfits.column_name, 'type', misfits.value_found, misfits.reason, {{ lost_sql(table, rules) }}, 1
    from landing_known_{{ table }} as known
    inner join landing_first_rows as first_rows on known.landing_file = first_rows.landing_file and first_rows.table_name = '{{ table }}'
    inner join landing_misfits as misfits
        on known.landing_file = misfits.landing_file and known.row_id = first_rows.row_id + misfits.row_number - 1
{%- endmacro %}


{#-
  SQL that finds the rows of a table that break a rule of a row, each with every rule that it breaks. Codes that are referred to and
  unknown are few: they are looked up first, so that the pass over the rows joins nothing large.
-#}
{% macro broken_rows_sql(table, rules) -%}
    {%- set checks = sound_seed_checks(
        rules.get('required', []), rules.get('not_negative', []), rules.get('ordered', []), rules.get('allowed', {}),
        rules.get('patterns', {}), rules.get('luhn', [])
    ) %}
    {%- for reference in rules.get('references', []) %}
        {%- set target = referenced_table(reference.to) %}
        {%- set unknown = run_query(
            'create or replace temp table landing_unknown_' ~ loop.index ~ ' as select distinct ' ~ reference.column ~ ' as code from landing_known_' ~ table
            ~ ' as referring where row_id is not null and ' ~ reference.column ~ ' is not null and not exists (select 1 from landing_known_' ~ target
            ~ ' as known where known.' ~ reference.field ~ ' = referring.' ~ reference.column ~ '); select 1 from landing_unknown_' ~ loop.index ~ ' limit 1'
        ) %}
        {%- if unknown | length %}
            {%- do checks.append((
                reference.column, 'reference', 'is unknown in ' ~ target,
                reference.column ~ ' in (select code from landing_unknown_' ~ loop.index ~ ')'
            )) %}
        {%- endif %}
    {%- endfor %}
    insert into landing_broken
    with checked as (
        select
            *,
            {%- for column, rule, wrong, condition in checks %}
            coalesce({{ condition }}, false) as breaks_{{ loop.index }},
            {%- endfor %}
        from landing_known_{{ table }}
        where row_id is not null
    ),
    broken as (
        select
            *,
            unnest([
                {%- for column, rule, wrong, condition in checks %}
                case when breaks_{{ loop.index }} then {
                    'column_name': '{{ column }}', 'rule': '{{ rule }}', 'value_found': cast({{ column }} as varchar), 'reason': {{ sql_text(wrong) }}
                } end{{ ',' if not loop.last }}
                {%- endfor %}
            ]) as defect
        from checked
        where {% for check in checks %}breaks_{{ loop.index }}{{ ' or ' if not loop.last }}{% endfor %}
    )
    select
        '{{ table }}', row_id, landing_file, {{ row_key_sql(rules.key) }}, defect.column_name, defect.rule, defect.value_found,
        case when defect.value_found is null then defect.reason else '''' || defect.value_found || ''' ' || defect.reason end,
        {{ lost_sql(table, rules) }}, 1
    from broken
    where defect is not null
{%- endmacro %}


{#-
  Checks beside those of sound_seed: figures and what they are about belong together. As (table, column, what is wrong, SQL condition).
  Lines and the mentions that state them are compared once, for both sides.
-#}
{% macro figure_checks() %}
    {% do run_query("
        create or replace temp table landing_unmatched as
        with stating as (
            select * from landing_known_source_mentions where subject_type = 'financial_line' and role in ('states', 'revises')
        )
        select lines.row_id as line_id, stating.row_id as mention_id
        from landing_known_financial_lines as lines
        full outer join stating on lines.line_code = stating.subject_code and lines.recorded_on is not distinct from stating.subject_recorded_on
        where lines.line_code is null or stating.subject_code is null
    ") %}
    {{ return([
        ('source_mentions', 'subject_code', 'is no line of financial_lines known at subject_recorded_on',
            'row_id in (select mention_id from landing_unmatched)'),
        ('source_mentions', 'subject_code', 'is no line of financial_lines known at subject_recorded_on',
            "subject_type = 'financial_line' and role not in ('states', 'revises') and not exists (
                select 1 from landing_known_financial_lines as lines
                where lines.line_code = known.subject_code and lines.recorded_on is not distinct from known.subject_recorded_on)"),
        ('source_mentions', 'subject_code', 'is no indicator of indicators',
            "subject_type = 'indicator' and subject_code not in (select indicator_code from landing_known_indicators where indicator_code is not null)"),
        ('financial_lines', 'line_code', 'is printed, and no readable row of source_mentions states it',
            "amount_status = 'printed' and not is_withdrawn and row_id in (select line_id from landing_unmatched)"),
        ('indicators', 'indicator_code', 'has no readable row of source_mentions', "indicator_code not in (
            select subject_code from landing_known_source_mentions where subject_type = 'indicator' and subject_code is not null)"),
    ]) }}
{% endmacro %}


{#- SQL that finds the rows whose key stands several times. Only rows with the same hash of the key are compared. -#}
{% macro repeated_keys_sql(table, columns, rules) -%}
    {%- set key = rules.key | join(', ') %}
    insert into landing_broken
    with candidates as (
        select *
        from landing_known_{{ table }}
        where hash({{ key }}) in (select hash({{ key }}) from landing_known_{{ table }} group by all having count(*) > 1)
    ),
    compared as (
        select
            row_id,
            landing_file,
            {{ row_key_sql(rules.key) }} as row_key,
            count(*) over same_key as row_count,
            bool_or(row_id is null) over same_key as is_of_seeds,
            min(hash({{ columns | join(', ') }})) over same_key <> max(hash({{ columns | join(', ') }})) over same_key as is_different,
            min(landing_file) over same_key as first_file,
            {{ rules.key[0] if table != 'source_mentions' else 'role, subject_type, subject_code' }},
            row_number() over (partition by {{ key }} order by landing_file, row_id) as place
        from candidates
        window same_key as (partition by {{ key }})
    )
    select
        '{{ table }}', row_id, landing_file, row_key, '{{ rules.key | join(' / ') }}',
        case when is_of_seeds or is_different then 'key' else 'key_again' end, row_key,
        '''' || row_key || case
            when is_of_seeds then ''' is a key of seeds/{{ table }}.csv: a landing file adds, it does not correct'
            when is_different then ''' is there ' || row_count || ' times with different content: keep one row'
            else ''' is there ' || row_count || ' times; the first, in ' || first_file || ', is loaded'
        end,
        {{ lost_sql(table, rules) }}, 1
    from compared
    where row_id is not null and row_count > 1 and (is_of_seeds or is_different or place > 1)
{%- endmacro %}


{#- What falls with a row that was put aside, as (table, column, name of what was lost). -#}
{% macro landing_links(types, rules) %}
    {% set falls = [
        ('financial_lines', 'line_code', 'financial_lines'),
        ('financial_lines', 'line_code', 'figures of financial_line'),
        ('indicators', 'indicator_code', 'figures of indicator')
    ] %}
    {% for table in types %}
        {% for reference in rules[table].get('references', []) %}
            {% set target = referenced_table(reference.to) | replace('all_territories', 'territories') %}
            {% if target in types %}{% do falls.append((table, reference.column, target)) %}{% endif %}
        {% endfor %}
    {% endfor %}
    {{ return(falls) }}
{% endmacro %}


{#-
  Puts aside what refers to a row put aside, round after round, until nothing more follows; at last the mentions of lines and indicators
  that were put aside. A code that the seeds have, or that an equal row keeps, is not lost.
-#}
{% macro follow_references(types, rules) %}
    {% set falls = landing_links(types, rules) %}
    {% set kept = [] %}
    {% for table in types %}
        {% do kept.append("(lost_as = '" ~ table ~ "' and lost_code in (select " ~ rules[table].key[0] ~ ' from landing_seed_' ~ table ~ '))') %}
    {% endfor %}
    {% set lost = "select distinct lost_as as name, lost_code as code from landing_broken where lost_as is not null and lost_code is not null
        and rule <> 'key_again' and not coalesce(" ~ kept | join(' or ') ~ ", false) and round " %}
    {% set state = namespace(round=1, names=['some']) %}
    {% for step in range(200) if state.names %}
        {% do run_query('create or replace temp table landing_lost as ' ~ lost ~ '= ' ~ state.round) %}
        {% set state.names = run_query('select distinct name from landing_lost').columns[0].values() | list %}
        {% set state.round = state.round + 1 %}
        {% for table, column, name in falls if name in state.names %}
            {% do run_query(follow_sql(table, rules[table], column, name, state.round)) %}
        {% endfor %}
    {% endfor %}
    {% if state.names %}
        {% do stop_landing(['more than 200 rows in a row refer to each other: look for the first one in landing/']) %}
    {% endif %}
    {% do run_query('create or replace temp table landing_lost as ' ~ lost ~ "> 0;
        create or replace temp table landing_lost_lines as
        select line_code, recorded_on from landing_known_financial_lines
        where row_id in (select row_id from landing_broken where table_name = 'financial_lines' and rule <> 'key_again')
    ") %}
    {% for rows in [
        "subject_type = 'financial_line' and exists (select 1 from landing_lost_lines as lines
            where lines.line_code = known.subject_code and lines.recorded_on is not distinct from known.subject_recorded_on)",
        "subject_type = 'indicator' and subject_code in (select code from landing_lost where name = 'indicators')"
    ] %}
        {% do run_query(add_broken_sql('source_mentions', rules['source_mentions'], 'subject_code', 'follows', "' was put aside'", rows, state.round)) %}
    {% endfor %}
{% endmacro %}


{#- SQL that finds the rows whose column names a code of landing_lost. -#}
{% macro follow_sql(table, rules, column, name, round) %}
    {{ return(add_broken_sql(
        table, rules, column, 'follows', "' was put aside (" ~ name ~ ")'",
        column ~ " in (select code from landing_lost where name = '" ~ name ~ "')", round
    )) }}
{% endmacro %}


{#- A total that is said to be broken down whole and loses a part would stop the build as a contradiction of its document. -#}
{% macro accept_lost_parts() %}
    {% do run_query("
        insert into landing.accepted_contradictions by name
        select
            'parts_against_whole' as rule_id,
            totals.line_code as subject_code,
            count(distinct parts.line_code) || ' of its parts were put aside as broken rows, see landing.rejects' as reason,
            min(parts.landing_file) as landing_file
        from landing_known_financial_lines as totals
        inner join landing_known_financial_lines as parts on totals.line_code = parts.parent_line_code
        where
            totals.breakdown = 'exhaustive'
            and parts.row_id in (select row_id from landing_broken where table_name = 'financial_lines' and rule <> 'key_again')
            and totals.line_code not in (
                select subject_code from landing_known_accepted_contradictions where rule_id = 'parts_against_whole' and subject_code is not null
            )
            and (totals.row_id is null or totals.row_id not in (select row_id from landing_broken where table_name = 'financial_lines'))
        group by totals.line_code
    ") %}
{% endmacro %}


{#- Keeps the totals whose lost parts the last load accepted, before this one finds which are lost now. -#}
{% macro keep_accepted_lost_parts() %}
    {% do add_names("
        select 'financial_line', subject_code
        from landing.accepted_contradictions
        where landing_file not like 'landing/accepted_contradictions/%'
    ") %}
{% endmacro %}


{#- Writes what was found to landing.rejects with its place in the file, notes its contracts, and deletes the rows. -#}
{% macro write_landing_rejects(types) %}
    {% do make_line_numbers() %}
    {% do run_query("
        insert into landing.rejects
        select
            broken.landing_file, coalesce(lines.line_number, broken.row_id - first_rows.row_id + 1), broken.table_name, broken.row_key,
            broken.column_name, broken.rule, broken.value_found, broken.reason
        from landing_broken as broken
        inner join landing_first_rows as first_rows using (table_name, landing_file)
        left join landing_line_numbers as lines
            on broken.landing_file = lines.landing_file and broken.row_id - first_rows.row_id + 1 = lines.row_number
        union all
        select landing_file, line_number, split_part(landing_file, '/', 2), null, column_name, 'unreadable', value_found, reason
        from landing_unreadable
    ") %}
    {% set tables = run_query('select distinct table_name from landing_broken').columns[0].values() %}
    {% set rows = {} %}
    {% for table in tables if not is_shared(types[table]) %}
        {% do rows.update({table: "rowid in (select row_id from landing_broken where table_name = '" ~ table ~ "')"}) %}
    {% endfor %}
    {% do keep_names(rows, types) %}
    {% do note_named_contracts(types) %}
    {% if 'financial_lines' in rows %}{% do note_operations('landing.financial_lines where ' ~ rows['financial_lines']) %}{% endif %}
    {% for table in tables %}
        {% do run_query("delete from landing." ~ table ~ " where rowid in (select row_id from landing_broken where table_name = '" ~ table ~ "')") %}
    {% endfor %}
    {% do run_query("
        update landing.landing_files as files
        set row_count = files.row_count - lost.row_count, reject_count = files.reject_count + lost.row_count
        from (select landing_file, count(distinct row_id) as row_count from landing_broken group by landing_file) as lost
        where files.file = lost.landing_file
    ") %}
{% endmacro %}


{#-
  Fills landing_line_numbers (landing_file, row_number, line_number) for broken rows of CSV files: the line of the n-th row that was read,
  counting the header, empty lines and unreadable rows. A line break inside a cell counts as a line of its own, so that rows below it are
  told too early by as many lines.
-#}
{% macro make_line_numbers() %}
    {% do run_query('create or replace temp table landing_line_numbers (landing_file varchar, row_number bigint, line_number bigint)') %}
    {% for row in run_query("select distinct landing_file from landing_broken where landing_file like '%.csv' order by 1") %}
        {% set file = sql_text(row['landing_file']) %}
        {% do run_query("
            insert into landing_line_numbers
            with lines as (
                select row_number() over () as line_number, line
                from read_csv(" ~ file ~ ", columns = {'line': 'varchar'}, header = false, delim = '\x01', quote = '', escape = '',
                    auto_detect = false, ignore_errors = true, strict_mode = false)
            ),
            read as (
                select line_number, row_number() over () as row_number
                from lines
                where line is not null and line_number > 1
                and line_number not in (select line_number from landing_unreadable where landing_file = " ~ file ~ ")
            )
            select " ~ file ~ ", row_number, line_number
            from read
            where row_number in (
                select broken.row_id - first_rows.row_id + 1
                from landing_broken as broken
                inner join landing_first_rows as first_rows using (table_name, landing_file)
                where broken.landing_file = " ~ file ~ "
            )
        ") %}
    {% endfor %}
{% endmacro %}


{#- At the end of a run, says how many rows of which files are put aside, and where to read them. -#}
{% macro show_landing_rejects() %}
    {% if execute and target.type == 'duckdb' and flags.WHICH in ('build', 'run', 'seed') %}
        {% if is_table('landing', 'rejects') %}
            {% set files = run_query("
                select
                    landing_file, count(distinct line_number) as row_count, sum(count(distinct line_number)) over () as all_rows,
                    arg_min(reason, [cast(rule in ('follows', 'figure', 'subject') as bigint), line_number]) as reason
                from landing.rejects group by landing_file order by row_count desc, landing_file
            ") %}
            {% for file in files.rows[:10] %}
                {{ log(file[0] ~ ': ' ~ file[1] ~ ' rows put aside, such as: ' ~ file[3], info=true) }}
            {% endfor %}
            {% if files | length %}
                {{ log(files[0][2] ~ ' rows of ' ~ files | length ~ ' landing files are put aside and count nowhere: select * from landing.rejects', info=true) }}
            {% endif %}
        {% endif %}
    {% endif %}
{% endmacro %}
