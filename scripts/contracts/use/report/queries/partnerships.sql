-- Partners and contracts, as the documents name them: a signature is not a payment.
select
    partner_key,
    contract_key,
    string_agg(distinct role, ' ' order by role) as partner_roles
from star.bridge_contract_signatory
group by all
order by all
