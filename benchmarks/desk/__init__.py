"""How soon the desk shows what happened, beside asking for the page every second."""
