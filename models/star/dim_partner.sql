with partners as (
    select * from {{ ref('stg_contracts__partners') }}
),

partner_types as (
    select * from {{ ref('stg_contracts__partner_types') }}
),

-- to the body above, and to the body that took over
links as (
    select
        'parent' as link_kind,
        partner_code,
        parent_partner_code as next_partner_code
    from partners
    union all
    select
        'successor' as link_kind,
        partner_code,
        successor_partner_code as next_partner_code
    from partners
),

{{ climbs('links', 'partner_code', 'next_partner_code', keys=['link_kind']) }},

ends as (
    select
        start_code as partner_code,
        {{ last_by('reached_code', ['distance'], condition="link_kind = 'parent'") }} as root_partner_code,
        {{ last_by('reached_code', ['distance'], condition="link_kind = 'successor'") }} as current_partner_code
    from climbs
    group by start_code
),

placed as (
    select
        partners.*,
        coalesce(ends.root_partner_code, partners.partner_code) as root_partner_code,
        coalesce(ends.current_partner_code, partners.partner_code) as current_partner_code
    from partners
    left join ends on partners.partner_code = ends.partner_code
),

aliases as (
    select
        partner_code,
        {{ joined_texts('printed_name', ' · ') }} as other_names
    from {{ ref('stg_contracts__partner_aliases') }}
    group by partner_code
),

named as (
    select
        placed.partner_code as partner_key,
        placed.label_fr,
        coalesce(placed.short_label, placed.label_fr) as short_label,
        placed.partner_type_code,
        partner_types.label_fr as partner_type_label_fr,
        partner_types.label_en as partner_type_label_en,
        placed.siren,
        placed.parent_partner_code,
        placed.successor_partner_code,
        placed.root_partner_code,
        root_partners.label_fr as root_partner_label_fr,
        root_partners.partner_type_code as root_partner_type_code,
        placed.current_partner_code as current_partner_key,
        current_partners.label_fr as current_partner_label_fr,
        aliases.other_names
    from placed
    inner join partner_types on placed.partner_type_code = partner_types.partner_type_code
    inner join partners as root_partners on placed.root_partner_code = root_partners.partner_code
    inner join partners as current_partners on placed.current_partner_code = current_partners.partner_code
    left join aliases on placed.partner_code = aliases.partner_code
),

final as (
    select * from named
    union all
    {{ unspecified_member('dim_partner') }}
)

select * from final
