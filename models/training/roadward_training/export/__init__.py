"""An ensemble as files: networks, manifest and card, and the way back to checkpoints."""
