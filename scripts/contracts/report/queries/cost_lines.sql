-- The lines that give the cost of an operation.
select
    operation_code as operation_key,
    line_code
from intermediate.int_lines_placed
where snapshot = 'current' and line_use = 'cost' and operation_code is not null
order by operation_code, line_code
