{#-
  On DuckDB, brings schema landing up to date before a build: one table per source of that name, with the columns and types of its seed
  and landing_file. The tables are kept between builds: only files of landing/ that are new or changed since (size, time of modification)
  are read, and those that are gone are forgotten. landing/README.md tells the rules.

  The load is one transaction: a build that is stopped or killed leaves the tables as they were. Broken rows are put aside in a second
  one, since deleting what a transaction wrote itself is slow; until it ends the files count as changed, so that a build killed in
  between reads them again.
-#}
{% macro load_landing() %}
    {% set types = landing_types() %}
    {% set keep_rejects = var('keep_rejects') %}
    {% do run_query('begin') %}
    {% set from_nothing = prepare_landing_tables(types) %}
    {% set rebuilt = note_built_with() %}
    {% do list_landing_changes(keep_rejects, rebuilt) %}
    {% set tables = changed_landing_tables(types) %}
    {% set everything = rebuilt or from_nothing %}
    {% if everything %}{% do note_all_contracts(types) %}{% endif %}
    {% if tables %}
        {% if not everything %}
            {% do keep_shared_rows(types) %}
            {% do keep_operations(types) %}
            {% do keep_names_of_files(tables, types) %}
            {% do keep_accepted_lost_parts() %}
        {% endif %}
        {% if 'financial_lines' in tables %}
            {% do note_operations('landing.financial_lines where landing_file in (select file from landing_changes)') %}
        {% endif %}
        {% for table in tables %}
            {% do run_query('delete from landing.' ~ table ~ ' where landing_file in (select file from landing_changes)') %}
        {% endfor %}
        {% do run_query("
            delete from landing.rejects where landing_file in (select file from landing_changes);
            delete from landing.accepted_contradictions where landing_file not like 'landing/accepted_contradictions/%'
        ") %}
        {% do read_landing_files(types, keep_rejects) %}
        {% if everything %}
            {% do note_all_contracts(types) %}
        {% else %}
            {% do keep_names_of_files(tables, types) %}
            {% do note_named_contracts(types) %}
            {% do note_contracts_of_operations(types) %}
            {% do note_shared_changes(types) %}
        {% endif %}
        {% do count_landing_rows(tables, keep_rejects) %}
    {% endif %}
    {% do note_what_seeds_held() %}
    {% do run_query('commit') %}
    {% if tables and keep_rejects %}
        {% do run_query('begin') %}
        {% do put_aside_broken_rows(types) %}
        {% if not everything %}{% do note_shared_changes(types) %}{% endif %}
        {% do run_query('
            update landing.landing_files as files set modified_at = changes.modified_at
            from landing_changes as changes where files.file = changes.file
        ') %}
        {% do run_query('commit') %}
    {% endif %}
{% endmacro %}


{#- Landing tables with their columns and types, those of the seed of the same name. -#}
{% macro landing_types() %}
    {% set types = {} %}
    {% for source in graph.sources.values() if source.source_name == 'landing' %}
        {% do types.update({source.name: graph.nodes['seed.' ~ project_name ~ '.' ~ source.name].config.column_types}) %}
    {% endfor %}
    {{ return(types) }}
{% endmacro %}


{#- SQL that makes an empty landing table unless it is there. types: column → type of the seed. -#}
{% macro create_landing_table(table, types) -%}
    create table if not exists landing.{{ table }} (
        {%- for column, type in types.items() %}{{ column }} {{ type }}, {% endfor -%}
        landing_file varchar
    )
{%- endmacro %}


{#-
  Makes the landing tables and what is known of the files in them. Anew on a full refresh, and when the file is of an older version of the
  project or a seed has other columns now. Returns whether it made them anew.
-#}
{% macro prepare_landing_tables(types) %}
    {% do run_query('create schema if not exists landing') %}
    {% set present = {} %}
    {% for row in run_query(
        "select table_name, string_agg(column_name || ' ' || lower(data_type), ',' order by column_index) from duckdb_columns()"
        ~ " where schema_name = 'landing' and database_name = current_database() group by table_name"
    ) %}
        {% do present.update({row[0]: row[1]}) %}
    {% endfor %}
    {% set outdated = [] %}
    {% for table, columns in types.items() %}
        {% set expected = [] %}
        {% for column, type in columns.items() %}{% do expected.append(column ~ ' ' ~ type | replace(', ', ',')) %}{% endfor %}
        {% if present.get(table) != expected | join(',') ~ ',landing_file varchar' %}{% do outdated.append(table) %}{% endif %}
    {% endfor %}
    {% set operations = 'operation_code varchar,contract_code varchar,line_use varchar' %}
    {% set anew = flags.FULL_REFRESH or outdated or present.get('changed_operations') != operations %}
    {% if anew %}
        {% set old_contracts = "select contract_code from landing.contracts" if 'contracts' in present else 'select cast(null as varchar) as contract_code where false' %}
        {% do run_query('create or replace temp table landing_contracts_before as ' ~ old_contracts) %}
        {% do run_query('drop schema landing cascade') %}
        {% do run_query('create schema landing') %}
        {% for table, columns in types.items() %}{% do run_query(create_landing_table(table, columns)) %}{% endfor %}
        {% do run_query("
            create table landing.landing_files (
                file varchar, table_name varchar, size_bytes bigint, modified_at timestamptz, row_count bigint, reject_count bigint
            );
            create table landing.rejects (
                landing_file varchar, line_number bigint, table_name varchar, row_key varchar, column_name varchar,
                rule varchar, value_found varchar, reason varchar
            );
            create table landing.built_with (name varchar, value varchar);
            create table landing.changed_contracts (contract_code varchar);
            create table landing.changed_operations (" ~ operations ~ ");
            insert into landing.changed_contracts
            select distinct contract_code from landing_contracts_before where contract_code is not null
        ") %}
    {% endif %}
    {{ return(anew) }}
{% endmacro %}


{#-
  Fills the temporary table landing_changes (file, table_name, size_bytes, modified_at, is_there): files of landing/ that are new, changed
  or gone. A file written in the last two seconds counts as changed once more, since times are known to the second. When anything changed, or rejects are no longer
  kept, files with rejects are read again: what a row refers to may be there now.
  rebuilt: whether seeds, code or dates changed.
-#}
{% macro list_landing_changes(keep_rejects, rebuilt) %}
    {% do run_query("
        create or replace temp table landing_changes as
        with listed as (
            select
                filename as file,
                size as size_bytes,
                case when last_modified < now() - interval 2 second then last_modified end as modified_at
            from read_blob('landing/**')
            where filename not like '%/.%' and not regexp_full_match(filename, 'landing/[^/]*[.]md')
        ),
        compared as (
            select
                coalesce(listed.file, known.file) as file,
                split_part(coalesce(listed.file, known.file), '/', 2) as table_name,
                listed.size_bytes,
                listed.modified_at,
                listed.file is not null as is_there,
                coalesce(known.reject_count, 0) as reject_count,
                coalesce(listed.size_bytes = known.size_bytes and listed.modified_at = known.modified_at, false) as is_same
            from listed
            full outer join landing.landing_files as known on listed.file = known.file
        )
        select file, table_name, size_bytes, modified_at, is_there
        from compared
        where
            not is_same
            or (reject_count > 0 and (" ~ (rebuilt or not keep_rejects) ~ " or exists (select 1 from compared where not is_same)))
    ") %}
{% endmacro %}


{#- Tables with files that are new, changed or gone. Stops at files that have no place or are damaged. -#}
{% macro changed_landing_tables(types) %}
    {% set rows = run_query('select file, table_name, is_there from landing_changes order by file') %}
    {% set tables, defects = [], [] %}
    {% for row in rows %}
        {% set file = row['file'] %}
        {% set placed = file.count('/') == 2 and row['table_name'] in types and file.endswith(('.csv', '.parquet')) %}
        {% if row['is_there'] and not (placed and file == file | replace('*', '') | replace('?', '') | replace('[', '')) %}
            {% do defects.append(
                file ~ ': put the file into landing/<table>/ as .csv or .parquet, without * ? [ in its name, or remove it; tables: ' ~ types | sort | join(', ')
            ) %}
        {% elif row['table_name'] in types and row['table_name'] not in tables %}
            {% do tables.append(row['table_name']) %}
        {% endif %}
    {% endfor %}
    {% if rows and not defects %}
        {% set damaged = run_query('select damage from (select file_damage(file) as damage from landing_changes where is_there) where damage is not null order by 1') %}
        {% do defects.extend(damaged.columns[0].values()) %}
    {% endif %}
    {% do stop_landing(defects) %}
    {{ return(tables) }}
{% endmacro %}


{#- Takes the new files into landing.landing_files and the gone ones out of it. is_unfinished: the files are to be read again if the build ends here. -#}
{% macro count_landing_rows(tables, is_unfinished) %}
    {% set counted = [] %}
    {% for table in tables %}
        {% do counted.append('select landing_file as file, count(*) as row_count from landing.' ~ table ~ ' where landing_file in (select file from landing_changes) group by landing_file') %}
    {% endfor %}
    {% do run_query("
        delete from landing.landing_files where file in (select file from landing_changes);
        insert into landing.landing_files
        with loaded as (" ~ counted | join(' union all ') ~ "),
        unreadable as (
            select landing_file as file, count(distinct line_number) as row_count from landing_unreadable group by landing_file
        )
        select
            changes.file, changes.table_name, changes.size_bytes, " ~ ('null' if is_unfinished else 'changes.modified_at') ~ ",
            coalesce(loaded.row_count, 0), coalesce(unreadable.row_count, 0)
        from landing_changes as changes
        left join loaded using (file)
        left join unreadable using (file)
        where changes.is_there
    ") %}
{% endmacro %}


{#- Stops the build when there are defects, after putting the landing tables back as they were; the first ten are told. -#}
{% macro stop_landing(defects) %}
    {% if defects %}
        {% do run_query('rollback') %}
        {% do exceptions.raise_compiler_error('defects in landing/ (' ~ defects | length ~ '):\n' ~ (defects | list)[:10] | join('\n')) %}
    {% endif %}
{% endmacro %}


{#- Whether the warehouse has a table, from this build or one before. -#}
{% macro is_table(schema, name) %}
    {{ return(run_query(
        'select 1 from duckdb_tables() where database_name = current_database() and schema_name = ' ~ sql_text(schema)
        ~ ' and table_name = ' ~ sql_text(name)
    ) | length > 0) }}
{% endmacro %}
