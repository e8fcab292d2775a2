-- Returns the rules that no set of models/intermediate/rules in rule_results runs, or that say nothing of themselves in rules.yml.
{%- set run, missing = [], [] -%}
{%- if execute -%}
    {%- for id in graph.nodes['model.' ~ project_name ~ '.rule_results'].depends_on.nodes if '.int_results_on_' in id -%}
        {%- do run.extend(graph.nodes[id].depends_on.nodes) -%}
    {%- endfor -%}
    {%- for id, node in graph.nodes.items() if node.resource_type == 'model' and node.path.startswith('quality/rules/') -%}
        {%- set meta = node.config.meta -%}
        {%- if id not in run or not (meta.severity and node.description and meta.sentence_fr and meta.repaired_by) -%}
            {%- do missing.append(node.name) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif %}
select listed.rule_name
from (values ('none'){% for name in missing %}, ('{{ name }}'){% endfor %}) as listed (rule_name)
where listed.rule_name <> 'none'
