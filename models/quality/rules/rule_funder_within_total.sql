with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted' and partner_code is not null
),

partners as (
    select * from {{ ref('dim_partner') }}
),

heirs as (
    select * from {{ ref('int_group_heirs') }}
),

pairs as (
    select
        lines.line_code,
        lines.contract_code,
        lines.partner_code,
        totals.line_code as total_line_code,
        totals.partner_code as total_partner_code,
        part_partners.root_partner_code = total_partners.root_partner_code or heirs.member_partner_key is not null as is_within
    from lines
    inner join lines as totals on lines.parent_line_code = totals.line_code
    inner join partners as part_partners on lines.partner_code = part_partners.partner_key
    inner join partners as total_partners on totals.partner_code = total_partners.partner_key
    left join heirs on totals.partner_code = heirs.partner_group_key and lines.partner_code = heirs.member_partner_key
)

select
    'financial_line' as subject_type,
    line_code as subject_code,
    contract_code,
    'money of ' || total_partner_code as expected,
    'money of ' || partner_code as found,
    cast(null as decimal(28, 2)) as difference,
    case when is_within then 'pass' else 'fail' end as status,
    'a part of the money of one funder is money of that funder: total ' || total_line_code as reason
from pairs
