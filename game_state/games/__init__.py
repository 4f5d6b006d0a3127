"""The games: pure rules of one round each, and what rules are told and answer."""
