-- apart from the counts of what passes: a database then builds texts for failures only
{% for rule in consistency_rules() %}
    select
        rule_id,
        subject_type,
        subject_code,
        contract_code,
        expected,
        found,
        difference,
        status,
        reason
    from {{ ref('rule_' ~ rule) }}
    where status = 'fail'
    {{ 'union all' if not loop.last }}
{% endfor %}
