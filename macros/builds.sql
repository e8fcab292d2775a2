{#- Before a build: makes the tables that tell what was built, unless they are there. -#}
{% macro make_build_state() -%}
{%- if is_build() %}
create schema if not exists build_state;
create table if not exists build_state.built_contracts (model_name varchar, contract_code varchar, fingerprint varchar);
create table if not exists build_state.built_tables (table_name varchar, build_id varchar);
create table if not exists build_state.builds (
    build_id varchar, command varchar, variables varchar, started_at timestamp, ended_at timestamp, outcome varchar, first_failure varchar
);
create table if not exists build_state.judged_rows (row_state varchar, has_rejects boolean);
{%- endif %}
{%- endmacro %}


{#-
  The models of staging/rejects judge the rows, the last of them is the gate: they run together. A build of other models alone stops
  unless the rows were judged as they are now, by the rules as they are now, and found sound.
-#}
{% macro check_judgement() %}
    {% set selected = selection() %}
    {% if is_build() and selected.judges_absent and ('model.' ~ project_name ~ '.gate' in selected_resources or selected.beyond) %}
        {% set sound = run_query(
            'select 1 from ' ~ source('build_state', 'judged_rows') ~ ' where row_state = ' ~ state_of_rows()
            ~ ' and (not has_rejects or ' ~ var('keep_rejects') ~ ')'
        ) %}
        {% if selected.seeds or selected.judges or not sound.rows %}
            {% do exceptions.raise_compiler_error(
                'the rows of seeds or landing/ would not be judged as they are now, so nothing is built of them: '
                ~ 'run dbt build, or add +gate to what you select'
            ) %}
        {% endif %}
    {% endif %}
{% endmacro %}


{#- Ids of what a command selects: seeds, the models that judge rows, those that are missing among them, models beyond staging. -#}
{% macro selection() %}
    {% set found = {'seeds': [], 'judges': [], 'judges_absent': [], 'beyond': []} %}
    {% for id, node in (graph.nodes.items() if execute else []) if node.resource_type in ('seed', 'model') %}
        {% set judges = node.path.startswith('staging/rejects/') %}
        {% set is_selected = id in selected_resources %}
        {% if is_selected and node.resource_type == 'seed' %}
            {% do found.seeds.append(id) %}
        {% elif judges %}
            {% do (found.judges if is_selected else found.judges_absent).append(id) %}
        {% elif is_selected and not node.path.startswith('staging/') %}
            {% do found.beyond.append(id) %}
        {% endif %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}


{#-
  Notes that a build begins. One that judges rows, or loads seeds, forgets the former judgement. The rows of the last complete build and
  of the present one stay.
-#}
{% macro begin_build() -%}
{%- if is_build() %}
{%- set builds = source('build_state', 'builds') %}
{%- set selected = selection() %}
{%- if selected.seeds or selected.judges %}
delete from {{ source('build_state', 'judged_rows') }};
{%- endif %}
insert into {{ builds }} values (
    '{{ invocation_id }}', {{ text_literal(command_of_build()) }}, {{ text_literal(invocation_args_dict.get('vars') or {}) }},
    timestamp '{{ run_started_at.strftime('%Y-%m-%d %H:%M:%S') }}', null,
    {% if is_next_step() %}coalesce((select 'next step' from {{ builds }} where outcome = 'step'), 'begun'){% else %}'begun'{% endif %}, null
);
delete from {{ builds }}
where
    build_id <> '{{ invocation_id }}'
    and (outcome <> 'complete' or started_at < (select max(latest.started_at) from {{ builds }} as latest where latest.outcome = 'complete'));
{%- endif %}
{%- endmacro %}


{#- Post-hook of the gate. The cells of a file without rejects are not judged again before it or the rules change. -#}
{% macro keep_judgement() -%}
insert into {{ source('build_state', 'judged_rows') }} select row_state, has_rejects from {{ this }};
update {{ source('landing_files', 'files') }} as files set judged_with = judged.judged_with
from {{ ref('files_to_judge') }} as judged
where
    files.file = judged.file
    and files.file not in (select landing_file from {{ ref('rejects') }} where landing_file is not null)
{%- endmacro %}


{#- SQL of one text that is another one when a row of landing/, or a rule of rows, is another one. -#}
{% macro state_of_rows() -%}
(
    select md5(concat_ws('|', string_agg(concat_ws(' ', file, row_count, rows_hash), '|' order by file), {{ rules_of_rows() }}))
    from {{ source('landing_files', 'files') }}
)
{%- endmacro %}


{#- What rows are judged with: the SQL that judges them and config.meta.row_rules. As SQL of one text. -#}
{% macro rules_of_rows() -%}
(
    select md5(string_agg(content, '' order by filename))
    from read_text(['macros/**/*.sql', 'models/staging/*.yml', 'models/staging/rejects/*.sql'])
)
{%- endmacro %}


{#-
  After a build: notes how it ended. One of all models that left contracts to the next one (lines_per_build) is a step; the last step
  completes the build. results: the run results that dbt gives to on-run-end.
-#}
{% macro end_build(results) -%}
{%- if is_build() %}
{%- set failed = results | selectattr('status', 'in', ['error', 'fail', 'runtime error']) | list if execute else [] %}
{%- set is_whole = command_of_build() == 'dbt build' %}
update {{ source('build_state', 'builds') }} set
    ended_at = timestamp '{{ modules.datetime.datetime.now(modules.pytz.utc).strftime('%Y-%m-%d %H:%M:%S') }}',
    {%- if failed %}
    outcome = 'stopped',
    {%- elif is_whole or is_next_step() %}
    outcome = case
        when not {{ is_whole }} and outcome <> 'next step' then 'part'
        when exists (
            select 1 from {{ graph.nodes['model.' ~ project_name ~ '.int_contracts_stale'].relation_name }}
            where contract_code not in (
                select contract_code from {{ graph.nodes['model.' ~ project_name ~ '.int_contracts_changed'].relation_name }}
            )
        ) then 'step'
        else 'complete'
    end,
    {%- else %}
    outcome = 'part',
    {%- endif %}
    first_failure = {{ text_literal(failed[0].node.name) if failed else 'null' }}
where build_id = '{{ invocation_id }}'
{%- endif %}
{%- endmacro %}


{#- Whether contracts that a build of all models left to the next one are built. -#}
{% macro is_next_step() %}
    {{ return(command_of_build() == 'dbt build --select int_contracts_stale+') }}
{% endmacro %}


{% macro is_build() %}
    {{ return(execute and target.type == 'duckdb' and flags.WHICH in ('build', 'run', 'seed')) }}
{% endmacro %}


{#- The command as it was given; dbt build without a selection builds everything and tests it. -#}
{% macro command_of_build() %}
    {% set words = ['dbt', flags.WHICH] %}
    {% for option in ['select', 'exclude', 'resource_types', 'exclude_resource_types', 'selector'] if invocation_args_dict.get(option) %}
        {% set given = invocation_args_dict[option] %}
        {% do words.append('--' ~ option ~ ' ' ~ (given if given is string else given | join(' '))) %}
    {% endfor %}
    {{ return(words | join(' ')) }}
{% endmacro %}
