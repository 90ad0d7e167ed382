"""What the model is asked: drafts of its answers, prompts, and the questions about one article."""
