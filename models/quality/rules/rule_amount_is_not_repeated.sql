with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted' and amount_eur > 0 and partner_code is not null
),

-- few of all lines: only their codes are joined into a text
amounts as (
    select
        contract_code,
        partner_code,
        stage,
        amount_eur,
        fund_code
    from lines
    group by contract_code, partner_code, stage, amount_eur, fund_code
    having count(*) > 1
),

repeated as (
    select
        min(lines.line_code) as line_code,
        amounts.contract_code,
        amounts.amount_eur,
        count(*) as line_count,
        {{ joined_texts('lines.line_code', ' · ') }} as line_codes
    from amounts
    inner join lines
        on
            amounts.contract_code = lines.contract_code
            and amounts.partner_code = lines.partner_code
            and amounts.stage = lines.stage
            and amounts.amount_eur = lines.amount_eur
            and amounts.fund_code is not distinct from lines.fund_code
    group by amounts.contract_code, amounts.partner_code, amounts.stage, amounts.amount_eur, amounts.fund_code
    -- one amount for different beneficiaries is a rate, not a repetition
    having count(*) > count(distinct lines.beneficiary_partner_code)
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'one line' as expected,
    line_codes as found,
    cast(amount_eur * (line_count - 1) as decimal(28, 2)) as difference,
    'fail' as status,
    'one contract, funder, stage and amount in several lines: the same money twice?' as reason
from repeated
