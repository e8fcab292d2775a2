{#-
  landing.changed_contracts holds the contracts whose landed rows changed since the last build that succeeded, and
  landing.changed_operations the operations that lines named which are changed or gone. Which contracts a row concerns: its own; for a
  line also those of lines that it names as parent or that name it; for an operation that differs also those whose lines name it; for a
  heading or a second reading those whose figures stand in its document; for a mention that of its subject; for a document those of the rows
  that cite it; for the parts of a crossing total those of both lines. Rows of tables that contracts share (partners, territories,
  funds ...) concern nobody while they are only added, and every contract once one changes or goes. Any change of members of groups or
  territories concerns every contract, and so does a new territory that gives an official one another code, unless it is a commune. A
  load into an empty warehouse, or one built from other seeds or by other code, notes every contract.
-#}

{#- Keeps what the rows of changed files name: before they are deleted, and after the files are read. -#}
{% macro keep_names_of_files(tables, types) %}
    {% set rows = {} %}
    {% for table in tables if not is_shared(types[table]) %}
        {% do rows.update({table: 'landing_file in (select file from landing_changes)'}) %}
    {% endfor %}
    {% do keep_names(rows, types) %}
{% endmacro %}


{#- Keeps the rows of the tables that contracts share, to compare them with those after the load. -#}
{% macro keep_shared_rows(types) %}
    {% for table, columns in types.items() if is_shared(columns) %}
        {% do run_query('create or replace temp table landing_before_' ~ table ~ ' as select ' ~ columns | join(', ') ~ ' from landing.' ~ table) %}
    {% endfor %}
{% endmacro %}


{#- Notes every contract when a row that contracts share has changed or gone, or a member has come. -#}
{% macro note_shared_changes(types) %}
    {% set changes = [] %}
    {% for table, columns in types.items() if is_shared(columns) %}
        {% set before = 'select ' ~ columns | join(', ') ~ ' from landing_before_' ~ table %}
        {% set now = 'select ' ~ columns | join(', ') ~ ' from landing.' ~ table %}
        {% do changes.append('select 1 from (' ~ before ~ ' except ' ~ now ~ ')') %}
        {% if table.endswith('_members') %}
            {% do changes.append('select 1 from (' ~ now ~ ' except ' ~ before ~ ')') %}
        {% elif table == 'territories' %}
            {% do changes.append(
                'select 1 from (' ~ now ~ ' except ' ~ before ~ ") where official_code is not null and territory_type_code <> 'commune'"
            ) %}
        {% endif %}
    {% endfor %}
    {% if run_query(changes | join(' union all ') ~ ' limit 1') | length %}
        {% do note_all_contracts(types) %}
    {% endif %}
{% endmacro %}


{#- Keeps the operations of changed files, to tell after the load which of them differ. -#}
{% macro keep_operations(types) %}
    {% if 'operations' in types %}
        {% do run_query(
            'create or replace temp table landing_before_operations as select ' ~ types['operations'] | join(', ')
            ~ ' from landing.operations where landing_file in (select file from landing_changes)'
        ) %}
    {% endif %}
{% endmacro %}


{#- Notes the contracts whose lines name an operation that came, went or differs. -#}
{% macro note_contracts_of_operations(types) %}
    {% if 'operations' in types %}
        {% set before = 'select * from landing_before_operations' %}
        {% set now = 'select ' ~ types['operations'] | join(', ') ~ ' from landing.operations where landing_file in (select file from landing_changes)' %}
        {% do add_changed_contracts(
            'select contract_code from landing.financial_lines where operation_code in (select operation_code from (('
            ~ before ~ ' except ' ~ now ~ ') union all (' ~ now ~ ' except ' ~ before ~ ')))'
        ) %}
    {% endif %}
{% endmacro %}


{#- Whether a table belongs to no contract. columns: those of the seed. -#}
{% macro is_shared(columns) %}
    {{ return(not ('contract_code' in columns or 'from_contract_code' in columns or 'line_code' in columns or 'document_code' in columns)) }}
{% endmacro %}


{#-
  Keeps in the temporary table landing_named what rows name and are named by. Kind any: an accepted contradiction whose subject is no line
  may concern any contract. rows: table → SQL condition on its rows.
-#}
{% macro keep_names(rows, types) %}
    {% do run_query('create temp table if not exists landing_named (kind varchar, code varchar)') %}
    {% set found = [] %}
    {% for table, condition in rows.items() %}
        {% set names = [] %}
        {% if 'contract_code' in types[table] %}{% do names.append("'contract', contract_code") %}{% endif %}
        {% if table == 'financial_lines' %}
            {% do names.extend(["'financial_line', unnest([parent_line_code, possible_parent_code, progress_of_line_code, bound_line_code])", "'changed_line', line_code"]) %}
        {% elif table == 'cross_total_parts' %}
            {% do names.append("'financial_line', unnest([line_code, part_line_code])") %}
        {% elif table == 'source_mentions' %}
            {% do names.append('subject_type, subject_code') %}
        {% elif table in ('document_headings', 'second_reading') %}
            {% do names.append("'document_of_figures', document_code") %}
        {% elif table == 'source_documents' %}
            {% do names.append("'document', document_code") %}
        {% elif table == 'contract_relations' %}
            {% do names.append("'contract', unnest([from_contract_code, to_contract_code])") %}
        {% elif table == 'accepted_contradictions' %}
            {% set subject = "split_part(subject_code, ' @ ', 1)" %}
            {% do names.append("'financial_line', " ~ subject) %}
            {% do found.append(
                "select 'any', " ~ subject ~ ' from landing.accepted_contradictions where ' ~ condition ~ ' and ' ~ subject
                ~ ' not in (select line_code from landing.financial_lines where line_code is not null)'
            ) %}
        {% elif not names %}
            {% do exceptions.raise_compiler_error(table ~ ': say in keep_names what its rows name') %}
        {% endif %}
        {% for name in names %}{% do found.append('select ' ~ name ~ ' from landing.' ~ table ~ ' where ' ~ condition) %}{% endfor %}
    {% endfor %}
    {% if found %}{% do add_names(found | join(' union ')) %}{% endif %}
{% endmacro %}


{#-
  Adds to landing_named. The table is made anew: DuckDB 1.5.5 does not show in the same transaction the rows of a large insert into a
  temporary table. query: SQL of kind and code.
-#}
{% macro add_names(query) %}
    {% do run_query('create or replace temp table landing_named as from landing_named union ' ~ query) %}
{% endmacro %}


{#-
  Notes the contracts of what landing_named holds, and empties it. What rows named that are gone has been kept there, and rows that changed
  note their own contract: so the tables need not be looked through as they were before the load.
-#}
{% macro note_named_contracts(types) %}
    {% set named = "(select code from landing_named where kind = '" %}
    {% set kinds = run_query('select distinct kind from landing_named').columns[0].values() %}
    {% if 'document' in kinds or 'document_of_figures' in kinds %}
        {% do add_names("
            select subject_type, subject_code
            from landing.source_mentions
            where document_code in (select code from landing_named where kind in ('document', 'document_of_figures'))
        ") %}
    {% endif %}
    {% set found = ["select code from landing_named where kind = 'contract'"] %}
    {% do found.append('select contract_code from landing.indicators where indicator_code in ' ~ named ~ "indicator')") %}
    {% do found.append('select contract_code from landing.financial_lines where line_code in ' ~ named ~ "financial_line')") %}
    {% if 'changed_line' in kinds %}
        {% for column in ['parent_line_code', 'possible_parent_code', 'progress_of_line_code', 'bound_line_code'] %}
            {% do found.append('select contract_code from landing.financial_lines where ' ~ column ~ ' in ' ~ named ~ "changed_line')") %}
        {% endfor %}
    {% endif %}
    {% if 'document' in kinds %}
        {% for table, columns in types.items() if 'document_code' in columns %}
            {% set contract = ['contract_code', 'from_contract_code'] | select('in', columns) | first %}
            {% if contract %}
                {% do found.append('select ' ~ contract ~ ' from landing.' ~ table ~ ' where document_code in ' ~ named ~ "document')") %}
            {% endif %}
        {% endfor %}
    {% endif %}
    {% if 'any' in kinds %}{% do found.append('select contract_code from landing.contracts') %}{% endif %}
    {% do add_changed_contracts(found | join(' union all ')) %}
    {% do run_query('drop table landing_named') %}
{% endmacro %}


{#- Notes every contract, also one that rows name and the table of contracts lacks: the tests then name those rows. -#}
{% macro note_all_contracts(types) %}
    {% set found = [] %}
    {% for table, columns in types.items() if 'contract_code' in columns %}
        {% do found.append('select contract_code from landing.' ~ table) %}
    {% endfor %}
    {% do add_changed_contracts(found | join(' union all ')) %}
{% endmacro %}


{#-
  Every build works on the contracts of the seeds. Those that were built last time and have gone since must be noted, and the operations
  that the lines of the seeds named then.
-#}
{% macro note_what_seeds_held() %}
    {% if is_table('seeds', 'financial_lines') %}
        {% do note_operations('seeds.financial_lines where true') %}
    {% endif %}
    {% if is_table('seeds', 'contracts') %}
        {% set file = graph.nodes['seed.' ~ project_name ~ '.contracts'].original_file_path %}
        {% do add_changed_contracts(
            'select contract_code from seeds.contracts where contract_code not in (select contract_code from read_csv(' ~ sql_text(file)
            ~ ', all_varchar = true, header = true) where contract_code is not null)'
        ) %}
    {% endif %}
{% endmacro %}


{#-
  Notes the operations that lines name, before the lines are replaced: a build knows those that they name afterwards.
  lines: SQL of the lines, from table to condition.
-#}
{% macro note_operations(lines) %}
    {% do run_query(
        'insert into landing.changed_operations select trim(operation_code), trim(contract_code), trim(line_use) from ' ~ lines
        ~ ' and operation_code is not null except select * from landing.changed_operations'
    ) %}
{% endmacro %}


{#- query: SQL of one column of contract codes. -#}
{% macro add_changed_contracts(query) %}
    {% do run_query(
        'insert into landing.changed_contracts select trim(noted.contract_code) from (' ~ query ~ ') as noted(contract_code)'
        ~ ' where noted.contract_code is not null except select contract_code from landing.changed_contracts'
    ) %}
{% endmacro %}


{#-
  Keeps in landing.built_with what every contract is built from besides its landed rows: the files of the seeds, the SQL of models and
  macros, the rules of rows, the two clocks. Returns whether any of it changed. A run that does not load the seeds builds from those of
  before, whatever their files are.
-#}
{% macro note_built_with() %}
    {% set models = [] %}
    {% for id, node in graph.nodes.items() | sort if node.resource_type == 'model' %}
        {% do models.append(id ~ ' ' ~ node.checksum.checksum) %}
    {% endfor %}
    {% set texts = run_query("
        select
            (select coalesce(md5(string_agg(content, '' order by filename)), '') from read_text(['macros/**/*.sql', 'models/staging/*.yml'])),
            (
                select coalesce(md5(string_agg(filename || md5(content), '' order by filename)), '')
                from read_blob(['seeds/*.csv', 'seeds/official/*.parquet'])
            )
    ")[0] %}
    {% set loads_seeds = flags.WHICH in ('build', 'seed') %}
    {% set seeds = texts[1] if loads_seeds else run_query("select coalesce(max(value), '') from landing.built_with where name = 'seeds'")[0][0] %}
    {% set now = {
        'effective_as_of': var('effective_as_of'), 'known_as_of': var('known_as_of'),
        'code': local_md5(models | join(' ') ~ ' ' ~ texts[0]), 'seeds': seeds
    } %}
    {% set values = [] %}
    {% for name, value in now.items() %}{% do values.append('(' ~ sql_text(name) ~ ', ' ~ sql_text(value) ~ ')') %}{% endfor %}
    {% do run_query('create or replace temp table landing_built_now as from (values ' ~ values | join(', ') ~ ') as built(name, value)') %}
    {% set is_same = run_query('
        select count(*) = count(built.name) and count(*) = count(known.name)
        from landing_built_now as built full outer join landing.built_with as known using (name, value)
    ')[0][0] %}
    {% if not is_same %}
        {% do run_query('truncate landing.built_with; insert into landing.built_with from landing_built_now') %}
    {% endif %}
    {{ return(not is_same) }}
{% endmacro %}


{#-
  At the end of a build that made every incremental model: the contracts that it worked on are no longer pending, and once none is
  left nor are the operations. After any failure they stay for the next build.
  results: the run results that dbt gives to on-run-end.
-#}
{% macro clear_changed_contracts(results) %}
    {% if execute and target.type == 'duckdb' and flags.WHICH in ('build', 'run') and landing_types() %}
        {% set made, failed = [], [] %}
        {% for result in results %}
            {% if result.status in ('success', 'pass', 'warn', 'no-op') %}
                {% do made.append(result.node.unique_id) %}
            {% else %}
                {% do failed.append(result.node.unique_id) %}
            {% endif %}
        {% endfor %}
        {% set missing = [] %}
        {% for id, node in graph.nodes.items() if node.resource_type == 'model' and node.config.materialized == 'incremental' and id not in made %}
            {% do missing.append(id) %}
        {% endfor %}
        {% if made and not failed and not missing %}
            {% set worked_on = is_table('intermediate', 'int_contracts_changed') %}
            {% do run_query(
                'delete from landing.changed_contracts'
                ~ (' where contract_code in (select contract_code from intermediate.int_contracts_changed)' if worked_on else '')
            ) %}
            {% set waiting = run_query('select count(*) from landing.changed_contracts')[0][0] %}
            {% if waiting %}
                {% do log(waiting ~ ' contracts of landing/ wait for the next dbt build (lines_per_build)', info=true) %}
            {% else %}
                {% do run_query('truncate landing.changed_operations') %}
            {% endif %}
        {% endif %}
    {% endif %}
{% endmacro %}
