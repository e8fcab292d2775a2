{{ behind_the_gate() }}
{#- What each rule says of itself in models/quality/rules/rules.yml, through dbt's own graph. -#}
{%- set rules, texts = [], [] -%}
{%- if execute -%}
    {%- for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='name') -%}
        {%- if node.path.startswith('quality/rules/') -%}
            {%- do rules.append(node.name | replace('rule_', '', 1)) -%}
            {%- set meta = node.config.meta -%}
            {%- do texts.append((meta.severity, node.description, meta.sentence_fr, meta.spoiled_marts | join(' '), meta.repaired_by)) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif -%}
{%- set literals = text_literals(texts | sum(start=())) | batch(5) | list -%}
with rules (rule_id, severity, sentence_en, sentence_fr, spoiled_marts, repaired_by) as (
    values
    {%- for rule in rules %}
        ('{{ rule }}', {{ literals[loop.index0] | join(', ') }}){{ ',' if not loop.last }}
    {%- else %}
        (null, null, null, null, null, null)
    {%- endfor %}
)

select * from rules
