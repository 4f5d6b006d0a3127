"""Understanding what people write: intents and what they name. Pure."""
