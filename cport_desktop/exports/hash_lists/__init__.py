"""Hash lists as other tools read them: a writer for each format, each with what it cannot carry."""
