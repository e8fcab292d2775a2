{#-
  SQL of the row of a dimension that stands for what no document tells, in the order of its YAML: columns that may be empty (config.meta
  null_means) are, labels say so, all others hold the code 'unspecified'.
  Words are told by a part of the column's name. dimension: name of its model. other: column → SQL, where the row holds something else.
-#}
{% macro unspecified_member(dimension, other={}) -%}
    {%- set words = {'label_fr': 'Non précisé', 'title': 'Non précisé', 'short_label': 'Non précisé', 'label_en': 'Not stated'} %}
    {%- set columns = graph.nodes['model.' ~ project_name ~ '.' ~ dimension].columns if execute else {} %}
    select
    {%- for name, column in columns.items() %}
        {%- set word = words | select('in', name) | first | default('') %}
        {%- set is_empty = 'null_means' in column.config.meta %}
        {{ other[name] or ('null' if is_empty else "'" ~ words.get(word, 'unspecified') ~ "'") }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
    {%- if not execute %}*{% endif %}
{%- endmacro %}
