"""What the wallboard counts: a period of the hotline in figures, each with what it means."""
