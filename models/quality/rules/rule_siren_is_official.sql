with partners as (
    select * from {{ ref('stg_contracts__partners') }}
    where siren is not null and partner_type_code in ('epci', 'commune')
),

official as (
    select * from {{ ref('stg_official__territories') }}
    where siren is not null
),

found as (
    select
        partners.partner_code,
        partners.partner_type_code,
        partners.siren,
        min(official.label_fr) as label_fr,
        coalesce(bool_or(official.territory_type_code = partners.partner_type_code), false) as is_known
    from partners
    left join official on partners.siren = official.siren
    group by partners.partner_code, partners.partner_type_code, partners.siren
)

select
    'partner' as subject_type,
    partner_code as subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    'the SIREN of a ' || partner_type_code as expected,
    siren as found,
    cast(null as decimal(28, 2)) as difference,
    case when is_known then 'pass' else 'fail' end as status,
    case
        when is_known then 'it is the SIREN of ' || label_fr
        when label_fr is not null then 'it is the SIREN of another kind of body, ' || label_fr
        else 'no edition of the official reference has it: look the name up, or leave the SIREN empty'
    end as reason
from found
