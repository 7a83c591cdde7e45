"""The command line: arguments to `Project` calls, report records to text."""

from sayso.cli.app import main

__all__ = ["main"]
