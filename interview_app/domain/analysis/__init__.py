"""Pure functions over transcripts: measures, filler words, alignment, word error rate."""
