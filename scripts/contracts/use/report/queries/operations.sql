-- Operations, with what each is known to cost and what its funders declare; the place is that of the cost, where there is one.
with plans as (
    select
        operation_key,
        max(cost_eur) as cost_eur,
        max(not_declared_eur) as not_declared_eur,
        any_value(document_key) filter (where cost_eur is not null) as cost_document_key,
        any_value(line_number) filter (where cost_eur is not null) as cost_line_number,
        sum(announced_eur) filter (where not is_inside_another_share) as announced_eur,
        sum(contracted_eur) filter (where not is_inside_another_share) as contracted_eur,
        sum(programmed_eur) filter (where not is_inside_another_share) as programmed_eur,
        sum(committed_eur) filter (where not is_inside_another_share) as committed_eur,
        sum(paid_eur) filter (where not is_inside_another_share) as paid_eur
    from marts.financing_plans
    group by operation_key
)

select
    operations.operation_key,
    operations.label_fr,
    operations.contract_key,
    contracts.label_fr as contract_label_fr,
    owners.label_fr as owner_label_fr,
    territories.label_fr as territory_label_fr,
    operations.status,
    plans.cost_eur,
    plans.not_declared_eur,
    plans.announced_eur,
    plans.contracted_eur,
    plans.programmed_eur,
    plans.committed_eur,
    plans.paid_eur,
    documents.title as document_title,
    case when plans.cost_eur is not null then plans.cost_line_number else operations.line_number end as line_number
from star.dim_operation as operations
left join star.dim_contract as contracts on operations.contract_key = contracts.contract_key
left join
    star.dim_partner as owners
    on operations.owner_partner_key = owners.partner_key and operations.owner_partner_key <> 'unspecified'
left join
    star.dim_territory as territories
    on operations.territory_key = territories.territory_key and operations.territory_key <> 'unspecified'
left join plans on operations.operation_key = plans.operation_key
left join star.dim_document as documents on coalesce(plans.cost_document_key, operations.document_key) = documents.document_key
where operations.operation_key <> 'unspecified'
order by operations.label_fr
