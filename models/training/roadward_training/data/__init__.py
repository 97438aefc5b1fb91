"""The pictures: reading a State Farm folder, splitting it, preparing, keeping and varying its pictures."""
