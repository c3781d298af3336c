"""Speed and memory, measured beside what they are to be compared with."""
