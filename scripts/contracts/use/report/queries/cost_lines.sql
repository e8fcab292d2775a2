-- The lines that give the cost of an operation.
select
    operation_code as operation_key,
    line_code
from intermediate.int_operation_costs
where operation_code is not null
order by operation_code, line_code
