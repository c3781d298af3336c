"""Ways to the conversation that have a protocol of their own."""
