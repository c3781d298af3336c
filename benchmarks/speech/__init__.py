"""Speed and memory of ears and voice, measured beside what they are to be compared with."""
