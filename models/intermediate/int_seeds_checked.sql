-- Stands behind the tests of all seeds: what depends on it is built only when every seed is sound.
{% set seeds = [
    'accepted_contradictions',
    'axes',
    'contract_relations',
    'contract_signatories',
    'contract_types',
    'contracts',
    'cross_total_parts',
    'document_contradictions',
    'document_headings',
    'financial_lines',
    'funds',
    'indicators',
    'money_units',
    'number_words',
    'operations',
    'partner_aliases',
    'partner_group_members',
    'partner_types',
    'partners',
    'second_reading',
    'source_documents',
    'source_mentions',
    'stages',
    'territories',
    'territory_members',
    'territory_types',
    'themes',
    'verified_figures',
] %}

{% for seed in seeds -%}
    select
        '{{ seed }}' as seed_name,
        count(*) as row_count
    from {{ ref('stg_contracts__' ~ seed) }}
    {{ 'union all' if not loop.last }}
{% endfor %}
