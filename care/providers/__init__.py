"""Who does what was ordered: providers, their workers, how much they can do and how well."""
