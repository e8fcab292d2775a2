-- depends_on: {{ ref('int_seeds_checked') }}
with recursive partners as (
    select * from {{ ref('stg_contracts__partners') }}
),

partner_types as (
    select * from {{ ref('stg_contracts__partner_types') }}
),

roots as (
    select
        partner_code,
        partner_code as root_partner_code
    from partners
    where parent_partner_code is null

    union all

    select
        partners.partner_code,
        roots.root_partner_code
    from partners
    inner join roots on partners.parent_partner_code = roots.partner_code
),

-- one chain of successors to the body of today
heirs as (
    select
        partner_code,
        partner_code as current_partner_code
    from partners
    where successor_partner_code is null

    union all

    select
        partners.partner_code,
        heirs.current_partner_code
    from partners
    inner join heirs on partners.successor_partner_code = heirs.partner_code
),

aliases as (
    select
        partner_code,
        string_agg(printed_name, ' · ' order by printed_name) as other_names
    from {{ ref('stg_contracts__partner_aliases') }}
    group by partner_code
),

named as (
    select
        partners.partner_code as partner_key,
        partners.label_fr,
        coalesce(partners.short_label, partners.label_fr) as short_label,
        partners.partner_type_code,
        partner_types.label_fr as partner_type_label_fr,
        partner_types.label_en as partner_type_label_en,
        partners.siren,
        partners.parent_partner_code,
        partners.successor_partner_code,
        roots.root_partner_code,
        root_partners.label_fr as root_partner_label_fr,
        root_partners.partner_type_code as root_partner_type_code,
        heirs.current_partner_code as current_partner_key,
        current_partners.label_fr as current_partner_label_fr,
        aliases.other_names
    from partners
    inner join partner_types on partners.partner_type_code = partner_types.partner_type_code
    inner join roots on partners.partner_code = roots.partner_code
    inner join partners as root_partners on roots.root_partner_code = root_partners.partner_code
    inner join heirs on partners.partner_code = heirs.partner_code
    inner join partners as current_partners on heirs.current_partner_code = current_partners.partner_code
    left join aliases on partners.partner_code = aliases.partner_code
),

final as (
    select * from named
    union all by name
    select
        'unspecified' as partner_key,
        'Non précisé' as label_fr,
        'Non précisé' as short_label,
        'unspecified' as partner_type_code,
        'Non précisé' as partner_type_label_fr,
        'Not stated' as partner_type_label_en,
        'unspecified' as root_partner_code,
        'Non précisé' as root_partner_label_fr,
        'unspecified' as root_partner_type_code,
        'unspecified' as current_partner_key,
        'Non précisé' as current_partner_label_fr
)

select * from final
