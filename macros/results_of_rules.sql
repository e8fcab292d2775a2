{#-
  SQL of what some rules of consistency find: a row for each failure, and how many subjects of a contract have any other status.
  Each rule is read twice: a database then builds texts for failures only. names: of the rules, without rule_.
-#}
{% macro results_of_rules(names) %}
{% for name in names %}
    select
        '{{ name }}' as rule_id,
        subject_type,
        subject_code,
        contract_code,
        status,
        1 as row_count,
        expected,
        found,
        difference,
        reason
    from {{ ref('rule_' ~ name) }}
    where status = 'fail'
    union all
    select
        '{{ name }}' as rule_id,
        case when contract_code is null then 'whole table' else 'contract' end as subject_type,
        coalesce(contract_code, 'any') as subject_code,
        contract_code,
        status,
        count(*) as row_count,
        null as expected,
        null as found,
        null as difference,
        null as reason
    from {{ ref('rule_' ~ name) }}
    where status <> 'fail'
    group by contract_code, status
    {{ 'union all' if not loop.last }}
{% endfor %}
{% endmacro %}
