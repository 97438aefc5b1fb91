"""Training of Roadward's fold ensembles on State-Farm-shaped data."""
