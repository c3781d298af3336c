"""What is kept of the official account: messages, what goes out, who is bound to whom."""
