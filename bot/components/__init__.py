"""Custom Rasa components; they run in Rasa's environment (Python 3.10) and nowhere else."""
