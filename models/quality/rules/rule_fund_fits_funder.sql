with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted'
),

funds as (
    select * from {{ ref('dim_fund') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
)

select
    'financial_line' as subject_type,
    lines.line_code as subject_code,
    lines.contract_code,
    'fund of ' || owners.root_partner_code as expected,
    lines.fund_code || ' paid by ' || lines.partner_code as found,
    lines.amount_eur as difference,
    case when owners.root_partner_code = partners.root_partner_code then 'pass' else 'fail' end as status,
    'a fund is brought by the partner that it belongs to' as reason
from lines
inner join partners on lines.partner_code = partners.partner_key
inner join funds on lines.fund_code = funds.fund_key
inner join partners as owners on funds.partner_key = owners.partner_key
