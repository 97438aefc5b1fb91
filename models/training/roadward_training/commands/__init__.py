"""The commands of ``python -m roadward_training``: arguments in, work done elsewhere."""
