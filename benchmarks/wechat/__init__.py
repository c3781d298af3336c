"""How the account in WeChat bears a crowd, beside the plain way of answering."""
