select * exclude (contract_number)
from bench_axes
order by contract_number, line_number
