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
    select * from {{ ref('bridge_contract_signatory') }}
),

signed_contracts as (
    select distinct contract_key from signatories
),

funders as (
    select distinct
        contract_code,
        partner_code
    from lines
),

-- the State signs for its services, a member for its group, a group for its members
signed as (
    select
        funders.contract_code,
        funders.partner_code
    from funders
    inner join partners on funders.partner_code = partners.partner_key
    inner join signatories on funders.contract_code = signatories.contract_key
    inner join partners as signing
        on signatories.partner_key = signing.partner_key and partners.root_partner_code = signing.root_partner_code
    union
    select
        funders.contract_code,
        funders.partner_code
    from funders
    inner join members on funders.partner_code = members.partner_group_key
    inner join signatories on funders.contract_code = signatories.contract_key and members.member_partner_key = signatories.partner_key
    union
    select
        funders.contract_code,
        funders.partner_code
    from funders
    inner join members on funders.partner_code = members.member_partner_key
    inner join signatories on funders.contract_code = signatories.contract_key and members.partner_group_key = signatories.partner_key
)

select
    'financial_line' as subject_type,
    lines.line_code as subject_code,
    lines.contract_code,
    'a partner of the contract' as expected,
    lines.partner_code as found,
    lines.amount_eur as difference,
    case
        when signed_contracts.contract_key is null then 'not applicable'
        when signed.partner_code is not null then 'pass'
        else 'fail'
    end as status,
    case
        when signed_contracts.contract_key is null then 'no document lists the partners of the contract'
        else 'who funds a contract is one of its partners'
    end as reason
from lines
left join signed_contracts on lines.contract_code = signed_contracts.contract_key
left join signed on lines.contract_code = signed.contract_code and lines.partner_code = signed.partner_code
