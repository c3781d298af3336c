"""PCM: reading any file, resampling, G.711, loudness, writing WAV."""
