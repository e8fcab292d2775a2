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
            '{{ column.meta.label_fr | replace("'", "''") }}' as label_fr,
            '{{ column.description | replace("'", "''") }}' as description_en,
            {{ "'" ~ (column.meta.unit | replace("'", "''")) ~ "'" if column.meta.unit else 'cast(null as varchar)' }} as unit,
            {{ "'" ~ (column.meta.null_means | replace("'", "''")) ~ "'" if column.meta.null_means else 'cast(null as varchar)' }} as null_means,
            '{{ column.meta.additive | default('no') | replace("'", "''") }}' as is_additive
        {{ 'union all' if not loop.last }}
    {%- else %}
        select
            cast(null as varchar) as schema_name,
            cast(null as varchar) as model_name
        where false
    {%- endfor %}
)

select * from entries
