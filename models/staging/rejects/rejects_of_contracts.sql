-- versions, totals, bounds and progress of a line stand in its contract
{% set naming_columns = ['parent_line_code', 'progress_of_line_code', 'bound_line_code'] %}

with lines as (
    {{ text_rows('financial_lines') }}
),

codes as (
    select
        line_code,
        min(contract_code) as first_contract,
        max(contract_code) as last_contract,
        min(contract_code) filter (where landing_file is null) as first_seed_contract,
        max(contract_code) filter (where landing_file is null) as last_seed_contract
    from lines
    group by line_code
),

-- the marts of two contracts would hold the same line; a row of the seeds is not wrong because of a landed one
codes_in_two_contracts as (
    select * from codes
    where first_contract <> last_contract
),

lines_in_two_contracts as (
    select lines.*
    from lines
    inner join codes_in_two_contracts as codes on lines.line_code = codes.line_code
    where
        case
            when lines.landing_file is null then codes.first_seed_contract <> codes.last_seed_contract
            when codes.first_seed_contract is null then true
            else lines.contract_code <> codes.first_seed_contract
        end
),

namings as (
    {% for column in naming_columns -%}
        select
            contract_code,
            {{ column }} as named_code
        from lines
        where {{ column }} is not null
        {{ 'union' if not loop.last }}
    {% endfor %}
),

named_elsewhere as (
    select namings.*
    from namings
    inner join codes on namings.named_code = codes.line_code
    where namings.contract_code <> coalesce(codes.first_seed_contract, codes.first_contract)
),

lines_named_elsewhere as (
    {% for column in naming_columns -%}
        select
            lines.*,
            '{{ column }}' as naming_column,
            named_elsewhere.named_code
        from lines
        inner join named_elsewhere
            on lines.contract_code = named_elsewhere.contract_code and lines.{{ column }} = named_elsewhere.named_code
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        {{ rejected_row('financial_lines') }},
        'contract_code' as column_name,
        'two_contracts' as rule,
        contract_code as value_found,
        '''' || line_code || ''' has versions in two contracts' as reason
    from lines_in_two_contracts
    union all
    select
        {{ rejected_row('financial_lines') }},
        naming_column as column_name,
        'other_contract' as rule,
        named_code as value_found,
        '''' || named_code || ''' is a line of another contract' as reason
    from lines_named_elsewhere
)

select * from final
