"""How well the assistant understands, talks and keeps to its sources, in numbers."""
