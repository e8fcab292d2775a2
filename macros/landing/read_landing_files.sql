{#-
  Reads the files of landing_changes into their tables, those with the same columns together. Stops at a column that the seed has not, at
  floating-point money, at text that is not UTF-8, and, unless rejects are kept, at rows that cannot be read.
  Afterwards landing_misfits (table_name, landing_file, row_number, column_name, value_found, reason) has the values of Parquet files that
  do not fit their type, which are loaded as null, and landing_unreadable the rows of CSV files that are not loaded.
-#}
{% macro read_landing_files(types, keep_rejects) %}
    {% do run_query("
        create or replace temp table landing_misfits (
            table_name varchar, landing_file varchar, row_number bigint, column_name varchar, value_found varchar, reason varchar
        )
    ") %}
    {% set groups = landing_csv_groups() + landing_parquet_groups() %}
    {% for group in groups %}
        {% do check_landing_columns(group, types[group.table]) %}
    {% endfor %}
    {% for group in groups if group.is_csv %}
        {% do read_landing_csv(group, types[group.table]) %}
    {% endfor %}
    {% for group in groups if not group.is_csv %}
        {% do read_landing_parquet(group, types[group.table]) %}
    {% endfor %}
    {% do list_unreadable_rows() %}
    {% set told = "landing_file || ', ' || place || coalesce(', column ' || column_name, '') || ': ' || reason" %}
    {% set defects = run_query(
        "select " ~ told ~ " from (select *, 'line ' || line_number as place from landing_unreadable" ~ (" where is_damage" if keep_rejects else "")
        ~ (" union all by name select *, 'row ' || row_number as place from landing_misfits" if not keep_rejects else "") ~ ") order by landing_file, place"
    ) %}
    {% do stop_landing(defects.columns[0].values()) %}
{% endmacro %}


{#- Changed CSV files that have the same header line, as dicts of table, columns (names) and files. -#}
{% macro landing_csv_groups() %}
    {% set groups = {} %}
    {% for row in run_query("select file, table_name from landing_changes where is_there and file like '%.csv' order by file") %}
        {% set header = run_query(
            "select line from read_csv(" ~ sql_text(row['file']) ~ ", columns = {'line': 'varchar'}, header = false, delim = '\x01', quote = '',"
            ~ " escape = '', auto_detect = false, ignore_errors = true, strict_mode = false) limit 1"
        )[0]['line'] | default('', true) | replace('"', '') %}
        {% set group = groups.setdefault(row['table_name'] ~ ' ' ~ header, {'table': row['table_name'], 'is_csv': true, 'columns': header.split(',') | map('trim') | list, 'files': []}) %}
        {% do group.files.append(row['file']) %}
    {% endfor %}
    {{ return(groups.values() | list) }}
{% endmacro %}


{#- Changed Parquet files that have the same columns, as dicts of table, columns (names), types (as DuckDB spells them) and files. -#}
{% macro landing_parquet_groups() %}
    {% set files = run_query("select file, table_name from landing_changes where is_there and file like '%.parquet' order by file") %}
    {% set groups = {} %}
    {% if files | length %}
        {% set signatures = {} %}
        {% for row in run_query('select file_name, name, duckdb_type from parquet_schema(' ~ sql_list(files.columns[0].values()) ~ ') where column_id > 0 order by file_name, column_id') %}
            {% do signatures.setdefault(row[0], []).append((row[1], row[2])) %}
        {% endfor %}
        {% for row in files %}
            {% set columns = signatures.get(row['file'], []) %}
            {% set group = groups.setdefault(
                row['table_name'] ~ ' ' ~ columns,
                {'table': row['table_name'], 'is_csv': false, 'columns': columns | map('first') | list, 'types': columns | map('last') | list, 'files': []}
            ) %}
            {% do group.files.append(row['file']) %}
        {% endfor %}
    {% endif %}
    {{ return(groups.values() | list) }}
{% endmacro %}


{#- Stops when files have a column twice, one that the seed has not, or money as floating point. types: column → type of the seed. -#}
{% macro check_landing_columns(group, types) %}
    {% set place = ', line 1' if group.is_csv else '' %}
    {% for column in group.columns %}
        {% if column not in types or group.columns.count(column) > 1 %}
            {% do stop_landing([
                group.files[0] ~ place ~ ": column '" ~ column ~ "' is " ~ ('there twice' if column in types else 'unknown')
                ~ '; separate columns by commas; columns of ' ~ group.table ~ ': ' ~ types | join(', ')
            ]) %}
        {% elif not group.is_csv and group.types[loop.index0] in ('FLOAT', 'DOUBLE') and types[column].startswith('decimal') %}
            {% do stop_landing([
                group.files[0] ~ ', column ' ~ column ~ ': ' ~ group.types[loop.index0] ~ ' does not hold cents; write it as ' ~ types[column] ~ ' or as text'
            ]) %}
        {% endif %}
    {% endfor %}
{% endmacro %}


{#- Adds the rows of CSV files (comma, UTF-8, header) to their table; DuckDB keeps unreadable rows aside in reject_errors. -#}
{% macro read_landing_csv(group, types) %}
    {% set typed = [] %}
    {% for column in group.columns %}{% do typed.append("'" ~ column ~ "': '" ~ types[column] ~ "'") %}{% endfor %}
    {% do run_query(
        'insert into landing.' ~ group.table ~ ' by name select * exclude (filename), filename as landing_file from read_csv(' ~ sql_list(group.files)
        ~ ', columns = {' ~ typed | join(', ') ~ "}, filename = true, header = true, delim = ',', quote = '\"', escape = '\"',"
        ~ " auto_detect = false, store_rejects = true, max_line_size = 100000)"
    ) %}
{% endmacro %}


{#- Adds the rows of Parquet files to their table; a value that does not fit its type is null there and stands in landing_misfits. -#}
{% macro read_landing_parquet(group, types) %}
    {% set files = sql_list(group.files) %}
    {% set selected = [] %}
    {% for column in group.columns %}
        {% set type = types[column] %}
        {% if group.types[loop.index0] == type | upper | replace(', ', ',') %}
            {% do selected.append(column) %}
        {% else %}
            {% do selected.append('try_cast(' ~ column ~ ' as ' ~ type ~ ') as ' ~ column) %}
            {% do run_query(
                "insert into landing_misfits select '" ~ group.table ~ "', filename, file_row_number + 1, '" ~ column ~ "', cast(" ~ column ~ " as varchar), "
                ~ "'''' || cast(" ~ column ~ " as varchar) || ''' is no " ~ type ~ "' from read_parquet(" ~ files ~ ', filename = true, file_row_number = true)'
                ~ ' where ' ~ column ~ ' is not null and try_cast(' ~ column ~ ' as ' ~ type ~ ') is null'
            ) %}
        {% endif %}
    {% endfor %}
    {% do run_query(
        'insert into landing.' ~ group.table ~ ' by name select ' ~ selected | join(', ') ~ ', filename as landing_file from read_parquet('
        ~ files ~ ', filename = true)'
    ) %}
{% endmacro %}


{#- Fills landing_unreadable: what DuckDB kept aside of the CSV files of this load. is_damage: the file is no UTF-8 text. -#}
{% macro list_unreadable_rows() %}
    {% do run_query("
        create or replace temp table landing_unreadable (
            landing_file varchar, line_number bigint, column_name varchar, value_found varchar, reason varchar, is_damage boolean
        )
    ") %}
    {% if run_query("select 1 from duckdb_tables() where table_name = 'reject_errors'") | length %}
        {% do run_query("
            insert into landing_unreadable
            select
                scans.file_path,
                errors.line,
                case when errors.error_type = 'CAST' then errors.column_name end as error_column,
                min(trim(errors.csv_line, chr(10) || chr(13))),
                min(errors.error_message),
                bool_or(errors.error_type = 'INVALID ENCODING')
            from reject_errors as errors
            inner join reject_scans as scans using (scan_id, file_id)
            group by scans.file_path, errors.line, error_column
        ") %}
    {% endif %}
{% endmacro %}


{#- A text as SQL writes it. -#}
{% macro sql_text(text) %}{{ return("'" ~ text | replace("'", "''") ~ "'") }}{% endmacro %}


{#- Texts as a list of SQL. -#}
{% macro sql_list(texts) %}
    {% set quoted = [] %}
    {% for text in texts %}{% do quoted.append(sql_text(text)) %}{% endfor %}
    {{ return('[' ~ quoted | join(', ') ~ ']') }}
{% endmacro %}
