"""Level meter, waveform, transcript view and other parts that pages share."""
