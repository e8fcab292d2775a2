-- Who funds, when former régions and other bodies are followed to those that replaced them?
-- The marts keep partners as signed; here each stands under the body of today. signed_as lists the names of the documents.
-- Money of the État in its services and operators stays with them. Stage columns are never added together. Null: none at this stage.
with funding as (
    select * from {{ ref('funding_by_partner') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
),

final as (
    select
        partners.current_partner_label_fr,
        string_agg(distinct partners.label_fr, ' · ' order by partners.label_fr) as signed_as,
        sum(funding.announced_eur) as announced_eur,
        sum(funding.contracted_eur) as contracted_eur,
        sum(funding.programmed_eur) as programmed_eur,
        sum(funding.committed_eur) as committed_eur
    from funding
    inner join partners on funding.funder_key = partners.partner_key
    group by partners.current_partner_key, partners.current_partner_label_fr
)

select * from final
order by contracted_eur desc nulls last, committed_eur desc nulls last, current_partner_label_fr asc
