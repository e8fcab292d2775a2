-- Which policies get the money written into contracts?
-- Contracted amounts of all contracts by theme, none left out: "Non précisé" is money that no document ties to a policy, mostly whole
-- totals of the CPER. The theme is the project's reading of the volet or of the line; the documents print none.
-- The sum of the column is all that is contracted; it can hold a euro twice where one contract may contain another.
-- Interreg weighs on territorial cohesion: its amount is that of five cross-border programmes, not the share of the région.
-- Null loans: none known. Themes without any contracted amount are absent.
with funding as (
    select * from {{ ref('funding_by_theme') }}
    where contracted_eur is not null
),

themes as (
    select
        theme_key,
        theme_label_fr,
        sum(contracted_eur) as contracted_eur,
        sum(sum(contracted_eur)) over () as all_eur,
        sum(contracted_loan_eur) as of_which_loans_eur,
        count(*) as contract_count,
        arg_max(contract_label_fr, contracted_eur) as largest_contract_label_fr,
        max(contracted_eur) as largest_contract_eur
    from funding
    group by theme_key, theme_label_fr
)

select
    theme_label_fr,
    contracted_eur,
    {{ rate_percent('contracted_eur', 'all_eur') }} as percent_of_all,
    of_which_loans_eur,
    contract_count,
    largest_contract_label_fr,
    largest_contract_eur
from themes
order by contracted_eur desc, theme_key asc
