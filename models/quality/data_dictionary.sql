{#- The columns come from the YAML beside the models, through dbt's own graph: one source for docs and dictionary. -#}
{%- set entries = [] -%}
{%- if execute -%}
    {%- for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='name') -%}
        {%- if node.schema in ('star', 'marts', 'quality') -%}
            {%- set key = node.config.meta.key or node.constraints | selectattr('type', 'equalto', 'primary_key') | map(attribute='columns') | sum(start=[]) -%}
            {%- for column in node.columns.values() -%}
                {%- do entries.append((node, column, loop.index, column.name in key)) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif %}
with entries (
    schema_name, model_name, column_name, column_position, label_fr, description_en, unit, null_means, is_additive, is_key
) as (
    values
    {%- for node, column, position, is_key in entries %}
        (
            '{{ node.schema }}', '{{ node.name }}', '{{ column.name }}', {{ position }}, {{ text_literal(column.meta.label_fr) }},
            {{ text_literal(column.description) }}, {{ text_literal(column.meta.unit) }}, {{ text_literal(column.meta.null_means) }},
            {{ text_literal(column.meta.additive | default('no')) }}, {{ is_key }}
        ){{ ',' if not loop.last }}
    {%- else %}
        (null, null, null, 0, null, null, null, null, null, false)
    {%- endfor %}
)

select * from entries
