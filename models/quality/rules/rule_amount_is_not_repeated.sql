with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted' and amount_eur > 0 and partner_code is not null
),

repeated as (
    select
        min(line_code) as line_code,
        contract_code,
        amount_eur,
        count(*) as line_count,
        string_agg(line_code, ' · ' order by line_code) as line_codes
    from lines
    group by contract_code, partner_code, stage, amount_eur, fund_code
    -- one amount for different beneficiaries is a rate, not a repetition
    having count(*) > count(distinct beneficiary_partner_code) and count(*) > 1
)

select
    'amount_is_not_repeated' as rule_id,
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'one line' as expected,
    line_codes as found,
    cast(amount_eur * (line_count - 1) as decimal(18, 2)) as difference,
    'fail' as status,
    'one contract, funder, stage and amount in several lines: the same money twice?' as reason
from repeated
