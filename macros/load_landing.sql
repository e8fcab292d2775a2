{#-
  Before a build, makes schema landing anew: one table per source of that name, with the columns and types of its seed and landing_file,
  filled from landing/<table>/*.csv and *.parquet. Stops the build at the first file that is none of these, and after the last one when
  rows were unreadable, naming file, line and column. landing/README.md tells the rules.
-#}
{% macro load_landing() %}
    {% if execute and flags.WHICH in ('build', 'run', 'seed') %}
        {% do run_query('create schema if not exists landing') %}
        {% set types = {} %}
        {% for source in graph.sources.values() if source.source_name == 'landing' %}
            {% do types.update({source.name: graph.nodes['seed.' ~ project_name ~ '.' ~ source.name].config.column_types}) %}
            {% do run_query(create_landing_table(source.name, types[source.name])) %}
        {% endfor %}
        {% for row in run_query("select file from glob('landing/**') where file not like '%/.%' order by file") %}
            {% set file = row['file'] | replace('\\', '/') %}
            {% set folder = file.split('/')[1] %}
            {% set placed = file.count('/') == 2 and folder in types and file == file | replace('*', '') | replace('?', '') | replace('[', '') %}
            {% if placed and file.endswith('.csv') %}
                {% do load_landing_csv(file, folder, types[folder]) %}
            {% elif placed and file.endswith('.parquet') %}
                {% do load_landing_parquet(file, folder, types[folder]) %}
            {% elif not (file.count('/') == 1 and file.endswith('.md')) %}
                {% do exceptions.raise_compiler_error(
                    file ~ ': put the file into landing/<table>/ as .csv or .parquet, without * ? [ in its name, or remove it; tables: ' ~ types | sort | join(', ')
                ) %}
            {% endif %}
        {% endfor %}
        {% do stop_on_landing_rejects() %}
        {% do run_query('create or replace table landing.changed_contracts as select contract_code from landing.contracts') %}
    {% endif %}
{% endmacro %}


{#- SQL that makes an empty landing table. types: column → type of the seed. -#}
{% macro create_landing_table(table, types) -%}
    create or replace table landing.{{ table }} (
        {%- for column, type in types.items() %}{{ column }} {{ type }}, {% endfor -%}
        landing_file varchar
    )
{%- endmacro %}


{#- Stops when a file has a column twice, or one that the seed has not. -#}
{% macro check_landing_columns(file, table, columns, types) %}
    {% for column in columns if column not in types or columns.count(column) > 1 %}
        {% do exceptions.raise_compiler_error(
            file ~ ", line 1: column '" ~ column ~ "' is " ~ ('there twice' if column in types else 'unknown')
            ~ '; separate columns by commas; columns of ' ~ table ~ ': ' ~ types | join(', ')
        ) %}
    {% endfor %}
{% endmacro %}


{#- Adds the rows of a CSV file (comma, UTF-8, header) to its landing table; unreadable rows are kept aside by DuckDB. -#}
{% macro load_landing_csv(file, table, types) %}
    {% set path = file | replace("'", "''") %}
    {% set header = run_query(
        "select line from read_csv('" ~ path ~ "', columns = {'line': 'varchar'}, header = false, delim = '\x01', quote = '', escape = '',"
        ~ " auto_detect = false, ignore_errors = true, strict_mode = false) limit 1"
    ) %}
    {% set columns = (header[0]['line'] | replace('"', '')).split(',') | map('trim') | list if header | length else [] %}
    {% do check_landing_columns(file, table, columns, types) %}
    {% if not columns %}
        {% do exceptions.raise_compiler_error(file ~ ' is empty: write the header line, or remove the file') %}
    {% endif %}
    {% set typed = [] %}
    {% for column in columns %}{% do typed.append("'" ~ column ~ "': '" ~ types[column] ~ "'") %}{% endfor %}
    {% do run_query(
        'insert into landing.' ~ table ~ " by name select *, '" ~ path ~ "' as landing_file from read_csv('" ~ path ~ "', columns = {"
        ~ typed | join(', ') ~ "}, header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false, store_rejects = true, max_line_size = 100000)"
    ) %}
{% endmacro %}


{#- Adds the rows of a Parquet file to its landing table. Stops at floating-point money and at a value that does not fit its type. -#}
{% macro load_landing_parquet(file, table, types) %}
    {% set path = file | replace("'", "''") %}
    {% set described = run_query("describe select * from read_parquet('" ~ path ~ "')") %}
    {% do check_landing_columns(file, table, described.columns[0].values() | list, types) %}
    {% for found in described if found[1] != types[found[0]] | upper | replace(', ', ',') %}
        {% if found[1] in ('FLOAT', 'DOUBLE') and types[found[0]].startswith('decimal') %}
            {% do exceptions.raise_compiler_error(
                file ~ ', column ' ~ found[0] ~ ': ' ~ found[1] ~ ' does not hold cents; write it as ' ~ types[found[0]] ~ ' or as text'
            ) %}
        {% endif %}
        {% set misfits = run_query(
            'select file_row_number + 1 as place, ' ~ found[0] ~ " as value_found from read_parquet('" ~ path ~ "', file_row_number = true)"
            ~ ' where ' ~ found[0] ~ ' is not null and try_cast(' ~ found[0] ~ ' as ' ~ types[found[0]] ~ ') is null limit 1'
        ) %}
        {% for misfit in misfits %}
            {% do exceptions.raise_compiler_error(
                file ~ ', row ' ~ misfit[0] ~ ', column ' ~ found[0] ~ ": '" ~ misfit[1] ~ "' is no " ~ types[found[0]]
            ) %}
        {% endfor %}
    {% endfor %}
    {% do run_query(
        'insert into landing.' ~ table ~ " by name select *, '" ~ path ~ "' as landing_file from read_parquet('" ~ path ~ "')"
    ) %}
{% endmacro %}


{#- Stops when DuckDB could not read rows of the CSV files: file, line, column and reason of the first ten. -#}
{% macro stop_on_landing_rejects() %}
    {% if run_query("select 1 from duckdb_tables() where table_name = 'reject_errors'") | length %}
        {% set rejects = run_query(
            "select scans.file_path || ', line ' || errors.line || coalesce(', column ' || errors.column_name, '') || ': ' || errors.error_message"
            ~ ' from reject_errors as errors inner join reject_scans as scans using (scan_id, file_id) order by 1'
        ) %}
        {% if rejects | length %}
            {% do exceptions.raise_compiler_error(
                'defects in landing/ (' ~ rejects | length ~ '):\n' ~ rejects.columns[0].values()[:10] | join('\n')
            ) %}
        {% endif %}
    {% endif %}
{% endmacro %}
