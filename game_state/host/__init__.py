"""The host of the table of games: everything around a round."""
