select
    contract_code || '_transversal' as line_code,
    line_code as part_line_code
from bench_totals
inner join bench_contracts using (contract_number, contract_code)
where volet = 0 and not is_amended
order by contract_number, part_line_code
