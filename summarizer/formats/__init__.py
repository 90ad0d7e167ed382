"""Files of any kind (PDF, Word, mail, feeds, archives) → the texts of the articles in them, with what is known."""
