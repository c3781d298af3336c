"""The acoustic model: training speech, network, training, and the file that Vosk loads."""
