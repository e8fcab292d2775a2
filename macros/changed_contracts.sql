{#- Models that keep their rows from build to build and replace those of the contracts that changed. -#}
{% macro models_that_keep_rows() %}
    {% set names = [] %}
    {% for node in (graph.nodes.values() if execute else []) if node.resource_type == 'model' %}
        {% do names.append(node.name) if node.config.materialized == 'incremental' %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}


{#-
  In such a model: keeps the rows of the contracts that this build works on; all rows when the table is made anew.
  column: the contract's code in the rows.
-#}
{% macro only_changed_contracts(column) -%}
{%- set changed = ref('int_contracts_changed') -%}
{% if is_incremental() %}where {{ column }} in (select contract_code from {{ changed }}){% endif %}
{%- endmacro %}


{#-
  Pre-hook of such a model: stops where the tables that it reads were built for different contracts, or not for all of them where it is
  made anew; then forgets the contracts that this build works on, and the rows of none, before they are appended anew.
-#}
{% macro forget_changed_contracts() -%}
{%- if target.type == 'duckdb' %}
{%- set column = 'contract_key' if 'contract_key' in model.columns else 'contract_code' %}
{%- set changed = ref('int_contracts_changed') %}
select error(
    '{{ this.name }}: some of the tables that it reads were built for other contracts than the rest; '
    || 'run dbt build, or select +{{ this.name }}'
)
from ({{ builds_of_parents() }}) as parents
having count(distinct build_id) > 1 or max(build_id) = 'several';
{%- if not is_incremental() %}
select error(
    '{{ this.name }} is made anew and the tables that it reads hold some contracts only; run dbt build, or select +{{ this.name }}'
)
from {{ ref('contract_fingerprints') }}
where
    contract_code not in (select stale.contract_code from {{ ref('int_contracts_stale') }} as stale)
    and contract_code not in (select changed.contract_code from {{ changed }} as changed);
{%- else %}
delete from {{ this }}
where {{ column }} in (select contract_code from {{ changed }}) or {{ column }} is null or {{ column }} = 'unspecified';
{%- endif %}
delete from {{ source('build_state', 'built_contracts') }}
where model_name = '{{ this.name }}'{% if is_incremental() %} and contract_code in (select contract_code from {{ changed }}){% endif %};
{%- endif %}
{%- endmacro %}


{#- Post-hook of such a model: keeps what each contract of this build was built from. -#}
{% macro keep_fingerprints() -%}
{%- if target.type == 'duckdb' -%}
insert into {{ source('build_state', 'built_contracts') }}
select '{{ this.name }}', contract_code, fingerprint from {{ ref('int_contracts_changed') }} where fingerprint is not null
{%- endif %}
{%- endmacro %}


{#-
  Post-hook of every table of intermediate: keeps for which choice of contracts it was built, so that a run on some of the models never
  mixes two. int_contracts_changed makes the choice, the others inherit it from the tables that they read.
-#}
{% macro keep_build() -%}
{%- if target.type == 'duckdb' and config.get('materialized') != 'ephemeral' %}
{%- set builds = source('build_state', 'built_tables') %}
delete from {{ builds }} where table_name = '{{ this.name }}';
insert into {{ builds }}
{%- if this.name == 'int_contracts_changed' %}
values ('{{ this.name }}', '{{ invocation_id }}');
{%- else %}
select '{{ this.name }}', case when count(distinct build_id) = 1 then min(build_id) else 'several' end
from ({{ builds_of_parents() }}) as parents
having count(*) > 0;
{%- endif %}
{%- endif %}
{%- endmacro %}


{#- SQL of the builds of the tables that the present model reads, itself or in an ephemeral model. -#}
{% macro builds_of_parents() -%}
select build_id from {{ source('build_state', 'built_tables') }} where table_name in ('{{ tables_read(model) | join("', '") }}')
{%- endmacro %}


{#- Names of the models that a node reads, itself or in an ephemeral model. -#}
{% macro tables_read(node) %}
    {% set names = [] %}
    {% for id in node.depends_on.nodes if id in graph.nodes %}
        {% set parent = graph.nodes[id] %}
        {% do names.extend(tables_read(parent) if parent.config.materialized == 'ephemeral' else [parent.name]) %}
    {% endfor %}
    {{ return(names) }}
{% endmacro %}


{#- What every contract is built with besides rows: the SQL of models and macros, the rules of rows, the two clocks. As SQL of one text. -#}
{% macro built_with() %}
    {%- set models = [] %}
    {%- for id, node in (graph.nodes.items() if execute else []) | sort if node.resource_type == 'model' %}
        {%- do models.append(id ~ ' ' ~ node.checksum.checksum) %}
    {%- endfor -%}
'{{ local_md5(models | join(' ') ~ var('effective_as_of') ~ var('known_as_of')) if execute }}',
        {{ rules_of_rows() }}
{%- endmacro %}


{#-
  Before a build: takes away the tables of such models whose columns are other ones than their YAML says, so that they are made anew as
  tables of other models are.
-#}
{% macro forget_changed_columns() -%}
    {%- if is_build() %}
        {% set kept = models_that_keep_rows() %}
        {% for node in graph.nodes.values() if node.name in kept and node.unique_id in selected_resources and node.columns %}
            {% set table = api.Relation.create(node.database, node.schema, node.alias, type='table') %}
            {% set found = [] %}
            {% for column in adapter.get_columns_in_relation(table) %}
                {% do found.append(column.name ~ ' ' ~ column.dtype | lower | replace(' ', '')) %}
            {% endfor %}
            {% set told = [] %}
            {% for column in node.columns.values() %}
                {% do told.append(column.name ~ ' ' ~ column.data_type | lower | replace(' ', '')) %}
            {% endfor %}
            {% if found and found != told %}
                {% do adapter.drop_relation(table) %}
                {% do adapter.commit() %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
