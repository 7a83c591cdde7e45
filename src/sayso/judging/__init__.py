"""What analysts say: from a statement to the words that are kept, listed, handed out and taken in."""

from sayso.judging.exchange import Taken, read_lines, word_lines
from sayso.judging.kept import JudgementRow, list_words, missing_words
from sayso.judging.settled import is_settled
from sayso.judging.statements import Signature, reattach, state, withdraw

__all__ = [
    "JudgementRow", "Signature", "Taken", "is_settled", "list_words", "missing_words",
    "read_lines", "reattach", "state", "withdraw",
    "word_lines",
]  # fmt: skip
