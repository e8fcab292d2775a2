-- after the failures, so that the two do not share the memory; depends_on: {{ ref('int_rule_failures') }}
{% for rule in consistency_rules() %}
    select
        rule_id,
        contract_code,
        status,
        count(*) as row_count
    from {{ ref('rule_' ~ rule) }}
    where status <> 'fail'
    group by rule_id, contract_code, status
    {{ 'union all' if not loop.last }}
{% endfor %}
