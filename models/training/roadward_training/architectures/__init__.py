"""The networks of the report, with the state-dict names of the public ImageNet files."""
