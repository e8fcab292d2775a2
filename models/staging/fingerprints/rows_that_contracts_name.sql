{{ config(materialized='ephemeral') }}
-- rows that several contracts may name, by the code that they name them by
with partners as (
    {{ accepted_rows('partners') }}
),

funds as (
    {{ accepted_rows('funds') }}
),

territories as (
    {{ accepted_rows('territories') }}
),

lines as (
    {{ accepted_rows('financial_lines') }}
),

lines_of_operations as (
    select
        operation_code,
        sum(row_hash) as row_hash
    from lines
    where operation_code is not null
    group by operation_code
)

{% for table, kind in [('source_documents', 'documents'), ('document_headings', 'documents'), ('second_reading', 'documents')] -%}
    select
        '{{ kind }}' as named_in,
        document_code as code,
        row_hash
    from ({{ accepted_rows(table) }}) as rows_of_table
    union all
{% endfor -%}
select
    'operations' as named_in,
    operation_code as code,
    row_hash
from ({{ accepted_rows('operations') }}) as operations
union all
select
    'operations' as named_in,
    operation_code as code,
    row_hash
from lines_of_operations
union all
select
    'partners' as named_in,
    partner_code as code,
    row_hash
from partners
union all
select
    'funds' as named_in,
    fund_code as code,
    row_hash
from funds
union all
select
    'funds' as named_in,
    funds.fund_code as code,
    partners.row_hash
from funds
inner join partners on funds.partner_code = partners.partner_code
union all
select
    'territories' as named_in,
    territory_code as code,
    row_hash
from territories
union all
-- a row that gives an official territory another code takes the official code away
select
    'territories' as named_in,
    territory_type_code || '_' || lower(official_code) as code,
    row_hash
from territories
where official_code is not null
