-- The counted rows themselves: what every number of this page adds up from.
select
    funding.funding_row_key,
    funding.row_kind,
    funding.line_code,
    funding.label_fr,
    funding.contract_key,
    funding.funder_key,
    funders.label_fr as funder_label_fr,
    funding.territory_key,
    axes.volet_key,
    axes.volet_label_fr,
    funding.theme_key,
    themes.label_fr as theme_label_fr,
    themes.label_en as theme_label_en,
    funding.period_key,
    funding.operation_key,
    funding.stage_key,
    funding.instrument,
    funding.document_status,
    coalesce(funding.announced_eur, funding.contracted_eur, funding.programmed_eur, funding.committed_eur, funding.paid_eur) as amount_eur,
    funding.amount_low_eur,
    funding.amount_high_eur,
    funding.as_of_date,
    funding.inferred_columns,
    funding.possible_parent_code,
    funding.contracted_from_draft_eur is not null as is_from_draft,
    funding.instrument in ('loan', 'advance', 'guarantee') as is_repayable
from star.fct_funding as funding
inner join star.dim_partner as funders on funding.funder_key = funders.partner_key
inner join star.dim_axis as axes on funding.axis_key = axes.axis_key
inner join star.dim_theme as themes on funding.theme_key = themes.theme_key
order by amount_eur desc nulls last, funding.funding_row_key asc
