"""How well speech is heard: error rates by voice, speed, noise and line."""
