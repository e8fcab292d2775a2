-- the models whose rows grow with those of many contracts have no index, which would not fit into memory
{% set keys = {
    'dim_operation': ['operation_key'],
    'fct_funding': ['funding_row_key'],
    'fct_envelope': ['envelope_key'],
    'bridge_envelope_part': ['envelope_key', 'part_line_code'],
    'financing_plans': ['operation_key', 'plan_row_kind', 'funder_key'],
    'funding_by_contract': ['contract_key'],
    'funding_by_departement_estimated': ['contract_key', 'departement_key', 'spread_basis'],
    'funding_by_partner': ['contract_key', 'funder_key'],
    'funding_by_period': ['contract_key', 'period_key'],
    'funding_by_territory': ['contract_key', 'territory_key'],
    'funding_by_theme': ['contract_key', 'theme_key'],
    'funding_by_volet': ['contract_key', 'volet_key'],
    'funding_by_year_estimated': ['contract_key', 'year_key'],
    'progress_by_volet_and_territory': ['contract_key', 'volet_key', 'territory_key', 'closing_date'],
    'envelope_reconciliation': ['envelope_key'],
    'figure_citations': ['mention_code'],
    'line_history': ['line_code', 'version_number'],
    'rule_results': ['rule_id', 'status', 'subject_type', 'subject_code'],
} %}
{% for model, key in keys.items() %}
    select
        '{{ model }}' as table_name,
        concat_ws(' / ', {{ key | join(', ') }}) as row_key,
        count(*) as row_count
    from (
        select * from {{ ref(model) }}
        where contract_key in (select changed.contract_code from {{ ref('int_contracts_changed') }} as changed)
        union all
        select * from {{ ref(model) }}
        where contract_key is null
    ) as rows_of_build
    group by {{ key | join(', ') }}
    having count(*) > 1
    {{ 'union all' if not loop.last }}
{% endfor %}
