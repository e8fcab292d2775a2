with members as (
    select * from {{ ref('bridge_partner_group') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
),

final as (
    select
        members.partner_group_key,
        coalesce(partners.successor_partner_code, members.member_partner_key) as member_partner_key
    from members
    inner join partners on members.member_partner_key = partners.partner_key
    union
    select
        partner_group_key,
        member_partner_key
    from members
)

select * from final
