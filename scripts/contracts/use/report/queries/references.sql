-- Lines whose amount a document gives by naming another line, and that line: « au moins équivalent à ».
select distinct
    line_code,
    bound_line_code
from intermediate.int_lines_current
where amount_status = 'by_reference' and bound_line_code is not null
order by line_code, bound_line_code
