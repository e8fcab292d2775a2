"""What reads the warehouse: answers, explanations, the report."""
