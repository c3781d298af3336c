"""The desk's pages about providers, what they did, and complaints about them."""
