{{ results_of_rules([
    'cost_is_of_an_operation',
    'counted_line_is_funding',
    'date_is_plausible',
    'line_fits_itself',
    'period_within_contract',
    'pledge_stands_alone',
    'reference_fits_line',
    'stage_fits_document',
]) }}
