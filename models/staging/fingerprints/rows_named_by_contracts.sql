{{ config(materialized='ephemeral') }}
-- rows of others that rows of a contract name: operations with all lines that name them, documents, partners, places, funds
{% set citing = ['axes', 'contract_signatories', 'contracts', 'financial_lines', 'indicators', 'operations'] %}
{% set naming = [
    ('contract_signatories', 'partner_code', 'partners'),
    ('contracts', 'territory_code', 'territories'),
    ('financial_lines', 'beneficiary_partner_code', 'partners'),
    ('financial_lines', 'fund_code', 'funds'),
    ('financial_lines', 'operation_code', 'operations'),
    ('financial_lines', 'partner_code', 'partners'),
    ('financial_lines', 'territory_code', 'territories'),
    ('operations', 'operation_code', 'operations'),
    ('operations', 'owner_partner_code', 'partners'),
    ('operations', 'territory_code', 'territories'),
] %}

with mentions as (
    select * from {{ ref('mentions_of_contracts') }}
),

named as (
    select * from {{ ref('rows_that_contracts_name') }}
),

names as (
    {% for table, column, named_in in naming -%}
        select
            contract_code,
            '{{ named_in }}' as named_in,
            {{ column }} as code
        from ({{ accepted_rows(table) }}) as rows_of_table
        where {{ column }} is not null
        union
    {% endfor -%}
    {% for table in citing -%}
        select
            contract_code,
            'documents' as named_in,
            document_code as code
        from ({{ accepted_rows(table) }}) as rows_of_table
        where document_code is not null
        union
    {% endfor -%}
    select
        from_contract_code as contract_code,
        'documents' as named_in,
        document_code as code
    from ({{ accepted_rows('contract_relations') }}) as relations
    union
    select
        contract_code,
        'documents' as named_in,
        document_code as code
    from mentions
)

select
    names.contract_code,
    named.row_hash
from names
inner join named on names.named_in = named.named_in and names.code = named.code
