{{ config(materialized='ephemeral') }}
-- rows that stand in a contract, and rows about its lines and indicators
{% set of_contracts = [
    'axes', 'contract_signatories', 'contracts', 'document_contradictions', 'financial_lines', 'indicators', 'operations', 'second_reading',
] %}

with lines as (
    {{ accepted_rows('financial_lines') }}
),

line_contracts as (
    select distinct
        line_code,
        contract_code
    from lines
),

mentions as (
    select * from {{ ref('mentions_of_contracts') }}
),

relations as (
    {{ accepted_rows('contract_relations') }}
),

contracts as (
    {{ accepted_rows('contracts') }}
),

crossings as (
    {{ accepted_rows('cross_total_parts') }}
),

accepted as (
    {{ accepted_rows('accepted_contradictions') }}
),

about_lines as (
    select
        line_code,
        row_hash
    from crossings
    union all
    select
        part_line_code as line_code,
        row_hash
    from crossings
    union all
    select
        split_part(subject_code, ' @ ', 1) as line_code,
        row_hash
    from accepted
    union all
    -- money that another contract may hold already
    select
        possible_parent_code as line_code,
        row_hash
    from lines
    where possible_parent_code is not null
),

final as (
    {% for table in of_contracts -%}
        select
            contract_code,
            row_hash
        from ({{ accepted_rows(table) }}) as rows_of_table
        union all
    {% endfor -%}
    select
        line_contracts.contract_code,
        about_lines.row_hash
    from about_lines
    inner join line_contracts on about_lines.line_code = line_contracts.line_code
    union all
    select
        lines.contract_code,
        parents.row_hash
    from lines
    inner join lines as parents on lines.possible_parent_code = parents.line_code
    union all
    select
        contract_code,
        row_hash
    from mentions
    union all
    select
        from_contract_code as contract_code,
        row_hash
    from relations
    union all
    select
        to_contract_code as contract_code,
        row_hash
    from relations
    union all
    -- an amendment may lengthen the contract that it amends
    select
        relations.to_contract_code as contract_code,
        contracts.row_hash
    from relations
    inner join contracts on relations.from_contract_code = contracts.contract_code
)

select * from final
