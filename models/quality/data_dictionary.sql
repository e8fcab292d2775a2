{#- The columns come from the YAML beside the models, through dbt's own graph: one source for docs and dictionary. -#}
{%- set entries = [] -%}
{%- if execute -%}
    {%- for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='name') -%}
        {%- if node.schema in ('star', 'marts', 'quality') -%}
            {%- for column in node.columns.values() -%}
                {%- do entries.append((node, column, loop.index)) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif %}
with entries as (
    {%- for node, column, position in entries %}
        select
            '{{ node.schema }}' as schema_name,
            '{{ node.name }}' as model_name,
            '{{ column.name }}' as column_name,
            {{ position }} as column_position,
            {{ text_literal(column.meta.label_fr) }} as label_fr,
            {{ text_literal(column.description) }} as description_en,
            {{ text_literal(column.meta.unit) }} as unit,
            {{ text_literal(column.meta.null_means) }} as null_means,
            {{ text_literal(column.meta.additive | default('no')) }} as is_additive
        {{ 'union all' if not loop.last }}
    {%- else %}
        select
            cast(null as {{ dbt.type_string() }}) as schema_name,
            cast(null as {{ dbt.type_string() }}) as model_name
        where false
    {%- endfor %}
)

select * from entries
