"""The operators' work: who is at the desk, who waits, who has whom, whom to call back."""
