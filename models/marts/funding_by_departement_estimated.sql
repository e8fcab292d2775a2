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

shares as (
    select * from {{ ref('int_territory_departements') }}
),

summed as (
    select
        contract_key,
        territory_key,
        coalesce(territory_relation = 'wider', false) as is_wider,
        sum(announced_eur) as announced_eur,
        sum(contracted_eur) as contracted_eur,
        sum(programmed_eur) as programmed_eur,
        sum(committed_eur) as committed_eur,
        sum(paid_eur) as paid_eur,
        sum(contracted_from_draft_eur) as contracted_from_draft_eur,
        sum(contracted_loan_eur) as contracted_loan_eur,
        sum(contracted_yearly_eur) as contracted_yearly_eur,
        sum(unallocated_contracted_eur) as unallocated_contracted_eur,
        sum(financial_line_count) as financial_line_count
    from funding
    group by contract_key, territory_key, coalesce(territory_relation = 'wider', false)
),

-- a territory that lies in no known département keeps its money under unspecified, as does a programme wider than its territory
placed as (
    select
        summed.*,
        coalesce(shares.departement_code, 'unspecified') as departement_key,
        case when summed.is_wider then 'wider' else coalesce(shares.spread_basis, 'not_known') end as spread_basis,
        coalesce(shares.population_before, 0) as population_before,
        coalesce(shares.population, 1) as population,
        coalesce(shares.population_total, 1) as population_total,
        coalesce(shares.is_largest, true) as is_largest
    from summed
    left join shares on summed.territory_key = shares.territory_code and not summed.is_wider
),

spread as (
    select
        contract_key,
        departement_key,
        spread_basis,
        {% for measure in [
            'announced_eur', 'contracted_eur', 'programmed_eur', 'committed_eur', 'paid_eur',
            'contracted_from_draft_eur', 'contracted_loan_eur', 'contracted_yearly_eur', 'unallocated_contracted_eur',
        ] -%}
            sum({{ proportional_share(measure, 'population_before', 'population', 'population_total') }}) as {{ measure }},
        {% endfor -%}
        sum(case when is_largest then financial_line_count else 0 end) as financial_line_count
    from placed
    group by contract_key, departement_key, spread_basis
),

final as (
    select
        spread.contract_key,
        contracts.label_fr as contract_label_fr,
        spread.departement_key,
        territories.official_code as departement_code,
        territories.label_fr as departement_label_fr,
        territories.region_code,
        territories.region_label_fr,
        spread.spread_basis,
        cast(spread.announced_eur as decimal(18, 2)) as announced_eur,
        cast(spread.contracted_eur as decimal(18, 2)) as contracted_eur,
        cast(spread.programmed_eur as decimal(18, 2)) as programmed_eur,
        cast(spread.committed_eur as decimal(18, 2)) as committed_eur,
        cast(spread.paid_eur as decimal(18, 2)) as paid_eur,
        cast(spread.contracted_from_draft_eur as decimal(18, 2)) as contracted_from_draft_eur,
        cast(spread.contracted_loan_eur as decimal(18, 2)) as contracted_loan_eur,
        cast(spread.contracted_yearly_eur as decimal(18, 2)) as contracted_yearly_eur,
        cast(spread.unallocated_contracted_eur as decimal(18, 2)) as unallocated_contracted_eur,
        cast(spread.financial_line_count as bigint) as financial_line_count,
        territories.population,
        territories.population_year,
        territories.population_caveat
    from spread
    inner join contracts on spread.contract_key = contracts.contract_key
    inner join territories on spread.departement_key = territories.territory_key
)

select * from final
