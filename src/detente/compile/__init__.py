"""From a case to an engine's model, with the trace back: where the evidence side and the maths side meet."""
