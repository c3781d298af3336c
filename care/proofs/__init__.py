"""What shows that a service was done: the picture that its worker took."""
