"""The one error that the command line shows without a stack trace."""


class TrainingError(Exception):
    """What is wrong, where, and what to do, in one or two sentences."""
