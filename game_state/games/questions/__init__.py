"""Yes/no questions about an article, answered from its record alone."""
