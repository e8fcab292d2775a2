{{ results_of_rules([
    'amount_matches_citation',
    'documents_agree',
    'documents_do_not_contradict',
    'figure_stands_under_one_contract',
    'indicator_is_cited',
    'line_follows_its_figure',
    'line_number_within_document',
    'mention_is_explained',
    'printed_amount_is_cited_once',
    'share_matches_citation',
    'verified_figure_is_unchanged',
]) }}
