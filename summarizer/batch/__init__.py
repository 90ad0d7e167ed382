"""Many articles: what is given, what is known of it, where results are kept and how they leave again."""
