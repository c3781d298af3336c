"""Benefits that find people (政策找人): who is due what they don't get, told, and followed up."""
