"""What fills the schema: each engine is a function from a Document to candidate facts."""
