with lines as (
    select * from {{ ref('int_lines_current') }}
    where line_use = 'counted' and stage = 'contracted' and partner_code is not null
),

partners as (
    select * from {{ ref('dim_partner') }}
),

members as (
    select * from {{ ref('bridge_partner_group') }}
),

signatories as (
    select
        bridge.contract_key,
        bridge.partner_key,
        partners.root_partner_code
    from {{ ref('bridge_contract_signatory') }} as bridge
    inner join partners on bridge.partner_key = partners.partner_key
),

-- the State signs for its services, a member for its group, a group for its members
signed as (
    select
        lines.line_code,
        count(distinct signatories.partner_key) as signatory_count,
        count(distinct case
            when signatories.root_partner_code = partners.root_partner_code or members.member_partner_key is not null
                then signatories.partner_key
        end) as match_count
    from lines
    inner join partners on lines.partner_code = partners.partner_key
    left join signatories on lines.contract_code = signatories.contract_key
    left join members
        on
            (lines.partner_code = members.partner_group_key and signatories.partner_key = members.member_partner_key)
            or (signatories.partner_key = members.partner_group_key and lines.partner_code = members.member_partner_key)
    group by lines.line_code
)

select
    'funder_signed_contract' as rule_id,
    'financial_line' as subject_type,
    lines.line_code as subject_code,
    lines.contract_code,
    'a partner of the contract' as expected,
    lines.partner_code as found,
    lines.amount_eur as difference,
    case
        when signed.signatory_count = 0 then 'not applicable'
        when signed.match_count > 0 then 'pass'
        else 'fail'
    end as status,
    case
        when signed.signatory_count = 0 then 'no document lists the partners of the contract'
        else 'who funds a contract is one of its partners'
    end as reason
from lines
inner join signed on lines.line_code = signed.line_code
