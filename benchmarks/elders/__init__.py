"""How soon one of a million elders is found, beside a search for letters in a name."""
