"""Training one fold: what drives it, what it writes, and what is made of its checkpoints."""
