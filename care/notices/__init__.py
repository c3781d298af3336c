"""Tells people outside the house: by message, mail, web hook or telephone, with a receipt."""
