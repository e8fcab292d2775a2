{{ results_of_rules([
    'cumulative_position_rises',
    'progress_within_contracted',
    'share_matches_amount',
    'shares_within_cost',
]) }}
