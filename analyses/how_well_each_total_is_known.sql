-- How well is the contracted total of each contract known?
-- Low and high follow from the figures as printed: "2,165 milliards" is known to half a million, "près de 60 millions" lies between
-- 55 and 60, "plus de 2,7 milliards" has no top, nor has a yearly amount whose number of years is not printed. Where a contract
-- declares a total, its parts cannot widen it. Contracts without an upper limit come first, then the widest intervals.
-- Null high and null width: no document gives an upper limit. Zero percent: a width under 0.05 percent. Null from drafts: no draft is used.
-- A narrow interval says that the figure is printed with many digits, not that it is true.
with contracts as (
    select * from {{ ref('funding_by_contract') }}
    where contracted_eur is not null
)

select
    contract_label_fr,
    contracted_eur,
    contracted_low_eur,
    contracted_high_eur,
    contracted_high_eur - contracted_low_eur as width_eur,
    {{ rate_percent('(contracted_high_eur - contracted_low_eur)', 'contracted_eur') }} as width_percent,
    contracted_from_draft_eur
from contracts
order by width_percent desc nulls first, contracted_eur desc
