with funding as (
    select * from {{ ref('fct_funding') }}
    {{ only_changed_contracts('contract_key') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

territories as (
    select * from {{ ref('dim_territory') }}
),

ancestors as (
    select * from {{ ref('bridge_territory_ancestor') }}
    where is_whole
),

summed as (
    select
        contract_key,
        territory_key,
        {{ measure_sums() }}
    from funding
    group by contract_key, territory_key
),

-- money of the territory and of what lies inside it; a programme of which the territory is a part is not in it
inside as (
    select
        funding.contract_key,
        ancestors.ancestor_territory_key as territory_key,
        {{ measure_sums() }}
    from funding
    inner join ancestors on funding.territory_key = ancestors.territory_key
    where coalesce(funding.territory_relation, 'inside') <> 'wider'
    group by funding.contract_key, ancestors.ancestor_territory_key
),

final as (
    select
        summed.contract_key,
        contracts.label_fr as contract_label_fr,
        summed.territory_key,
        territories.label_fr as territory_label_fr,
        territories.territory_type_code,
        territories.official_code,
        territories.epci_label_fr,
        territories.departement_code,
        territories.departement_label_fr,
        territories.region_code,
        territories.region_label_fr,
        summed.announced_eur,
        summed.contracted_eur,
        summed.programmed_eur,
        summed.committed_eur,
        summed.paid_eur,
        summed.contracted_from_draft_eur,
        summed.contracted_loan_eur,
        summed.contracted_yearly_eur,
        summed.unallocated_contracted_eur,
        summed.financial_line_count,
        territories.population,
        territories.population_year,
        territories.population_caveat,
        inside.announced_eur as announced_inside_eur,
        inside.contracted_eur as contracted_inside_eur,
        inside.programmed_eur as programmed_inside_eur,
        inside.committed_eur as committed_inside_eur,
        inside.paid_eur as paid_inside_eur,
        {{ per_inhabitant('inside.announced_eur', 'territories.population') }} as announced_eur_per_inhabitant,
        {{ per_inhabitant('inside.contracted_eur', 'territories.population') }} as contracted_eur_per_inhabitant,
        {{ per_inhabitant('inside.programmed_eur', 'territories.population') }} as programmed_eur_per_inhabitant,
        {{ per_inhabitant('inside.committed_eur', 'territories.population') }} as committed_eur_per_inhabitant,
        {{ per_inhabitant('inside.paid_eur', 'territories.population') }} as paid_eur_per_inhabitant
    from summed
    inner join contracts on summed.contract_key = contracts.contract_key
    inner join territories on summed.territory_key = territories.territory_key
    left join inside on summed.contract_key = inside.contract_key and summed.territory_key = inside.territory_key
)

select * from final
