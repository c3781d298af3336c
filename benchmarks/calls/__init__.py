"""What a caller waits for, and how many calls two cores hold: real calls, beside a plain stack."""
