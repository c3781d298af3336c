"""Written text into what is said aloud: spoken form, toned pinyin, phonemes. No audio here."""
