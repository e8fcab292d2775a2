{{ results_of_rules([
    'amended_total_follows_its_parts',
    'one_code_one_label',
    'withdrawal_ends_a_version',
]) }}
