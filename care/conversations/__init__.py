"""Who talks with whom, and every utterance of it."""
