{#-
  The key of a model, config.meta.key, is in one row only. Models whose rows grow with those of many contracts have no index, which would
  not fit into memory; the rows of the build and those of no contract are looked at. Returns one row per key that is there again.
-#}
{% test key_is_unique(model) %}
{%- set nodes = graph.nodes.values() | selectattr('name', 'equalto', model.identifier) | list if execute else [] -%}
{%- set key = nodes[0].config.meta.key | join(', ') if nodes else 'contract_key' -%}
select
    concat_ws(' / ', {{ key }}) as row_key,
    count(*) as row_count
from (
    select {{ key }} from {{ model }}
    where contract_key in (select changed.contract_code from {{ ref('int_contracts_changed') }} as changed)
    union all
    select {{ key }} from {{ model }}
    where contract_key is null
) as rows_of_build
group by {{ key }}
having count(*) > 1
{% endtest %}
