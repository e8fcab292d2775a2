{{ behind_the_gate() }}
{#- The columns come from the YAML beside the models, through dbt's own graph: one source for docs and dictionary. -#}
{%- set entries, texts = [], [] -%}
{%- if execute -%}
    {%- for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='name') -%}
        {%- if node.schema in ('star', 'marts', 'quality') -%}
            {%- set key = node.config.meta.key or node.constraints | selectattr('type', 'equalto', 'primary_key') | map(attribute='columns') | sum(start=[]) -%}
            {%- for column in node.columns.values() -%}
                {%- set meta = column.meta -%}
                {%- do entries.append((node, column, loop.index, column.name in key)) -%}
                {%- do texts.append((meta.label_fr, column.description, meta.unit, meta.null_means, meta.additive | default('no'))) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif -%}
{%- set literals = text_literals(texts | sum(start=())) | batch(5) | list -%}
with entries (
    schema_name, model_name, column_name, column_position, label_fr, description_en, unit, null_means, is_additive, is_key
) as (
    values
    {%- for node, column, position, is_key in entries %}
        (
            '{{ node.schema }}', '{{ node.alias }}', '{{ column.name }}', {{ position }},
            {{ literals[loop.index0] | join(', ') }}, {{ is_key }}
        ){{ ',' if not loop.last }}
    {%- else %}
        (null, null, null, 0, null, null, null, null, null, false)
    {%- endfor %}
)

select * from entries
