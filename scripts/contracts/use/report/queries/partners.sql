-- Partners: who funds, signs, owns or benefits.
select
    partner_key,
    label_fr,
    short_label,
    partner_type_label_fr,
    partner_type_label_en,
    siren
from star.dim_partner
where partner_key <> 'unspecified'
order by label_fr
