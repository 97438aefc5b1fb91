"""The networks to choose from. Those of the report have the state-dict names of the public ImageNet files."""
